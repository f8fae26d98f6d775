using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>One bucket of Cloud Storage.</summary>
internal sealed class GoogleBucketDriver : BucketDriver
{
    private readonly GoogleStorageDriver _storage;
    private readonly GoogleObjectWriter _writer;
    private readonly GoogleMultipart _multipart;
    private readonly GoogleLister _lister;
    private readonly GoogleDeleter _deleter;
    private readonly GoogleCopier _copier;
    private readonly GoogleVersions _versions;
    private readonly GooglePresigner _presigner;

    public GoogleBucketDriver(GoogleStorageDriver storage, GoogleBucketClient client)
    {
        _storage = storage;
        Client = client;
        Reader = new GoogleObjectReader(client);
        var rewriter = new GoogleRewriter(client);
        _writer = new GoogleObjectWriter(client);
        _lister = new GoogleLister(client);
        _deleter = new GoogleDeleter(client);
        _copier = new GoogleCopier(client, rewriter, Reader);
        _multipart = new GoogleMultipart(client, Reader, rewriter, _deleter);
        _versions = new GoogleVersions(client, storage.States);
        _presigner = new GooglePresigner(client);
    }

    public override string Name => Client.Bucket;

    public GoogleBucketClient Client { get; }

    public GoogleObjectReader Reader { get; }

    public override ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken) =>
        _storage.States.Find(Name) is not null ? ValueTask.FromResult(_storage.Capabilities) : new ValueTask<BucketCapabilities>(ProbeAsync(cancellationToken));

    public override Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions options, CancellationToken cancellationToken) => Reader.TryGetInfoAsync(key, options.VersionId, cancellationToken);

    public override Task<ObjectContent> GetAsync(string key, GetOptions options, CancellationToken cancellationToken) => Reader.GetAsync(key, options, cancellationToken);

    public override Task<PutResult> PutAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) =>
        _writer.PutAsync(key, body, checksum, options, cancellationToken);

    public override Task<ListPage> ListPageAsync(ListOptions options, CancellationToken cancellationToken) => _lister.ListAsync(options, cancellationToken);

    public override Task<DeleteResult> DeleteAsync(string key, DeleteOptions options, CancellationToken cancellationToken) => _deleter.DeleteAsync(key, options, cancellationToken);

    public override Task<IReadOnlyList<DeleteResult>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => _deleter.DeleteBatchAsync(keys, cancellationToken);

    public override bool CanCopyFrom(BucketDriver source) => source is GoogleBucketDriver other && ReferenceEquals(other._storage, _storage);

    public override Task<PutResult> CopyAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken) =>
        _copier.CopyAsync(source, key, options, cancellationToken);

    public override Task<MultipartUpload> CreateUploadAsync(string key, PutOptions options, CancellationToken cancellationToken) => _multipart.CreateAsync(key, options, cancellationToken);

    public override Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, UploadBody body, Checksum? checksum, CancellationToken cancellationToken) =>
        _multipart.PutPartAsync(upload, number, body, checksum, cancellationToken);

    public override Task<PartPage> ListPartsPageAsync(MultipartUpload upload, string? continuationToken, CancellationToken cancellationToken) =>
        _multipart.ListPartsAsync(upload, continuationToken, cancellationToken);

    public override Task<PutResult> CompleteUploadAsync(
        MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) =>
        _multipart.CompleteAsync(upload, parts, checksum, options, cancellationToken);

    public override Task AbortUploadAsync(MultipartUpload upload, CancellationToken cancellationToken) => _multipart.AbortAsync(upload, cancellationToken);

    public override Task<UploadPage> ListUploadsPageAsync(string? prefix, string? continuationToken, CancellationToken cancellationToken) =>
        _multipart.ListUploadsAsync(prefix, continuationToken, cancellationToken);

    public override Task<SignedRequest> SignAsync(string key, SignOptions options, CancellationToken cancellationToken) => _presigner.SignAsync(key, options, cancellationToken);

    public override Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken) => _copier.SetTierAsync(key, tier, cancellationToken);

    public override Task<VersioningState> GetVersioningAsync(CancellationToken cancellationToken) => _versions.GetStateAsync(cancellationToken);

    public override Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken) => _versions.SetStateAsync(state, cancellationToken);

    public override Task<VersionPage> ListVersionsPageAsync(ListVersionsOptions options, CancellationToken cancellationToken) => _versions.ListAsync(options, cancellationToken);

    public override object? GetService(Type serviceType) => _storage.GetService(serviceType);

    /// <summary>Looks once whether the bucket keeps versions, for its generations to be told as version ids.</summary>
    private async Task<BucketCapabilities> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _versions.GetStateAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.PermissionDenied)
        {
            // These credentials may use objects and not look at buckets. A generation is a good version id in any case.
            _storage.States.Set(Name, true);
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.NotFound)
        {
            // What is asked next will say so, and name what it was about.
        }

        return _storage.Capabilities;
    }
}
