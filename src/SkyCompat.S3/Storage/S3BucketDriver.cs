using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>One bucket of an S3-compatible store, or of one that speaks a dialect of S3.</summary>
internal class S3BucketDriver : BucketDriver
{
    private readonly StorageDriver _storage;
    private readonly S3BucketClient _client;
    private readonly S3ObjectReader _reader;
    private readonly S3ObjectWriter _writer;
    private readonly S3Multipart _multipart;
    private readonly S3Lister _lister;
    private readonly S3Deleter _deleter;
    private readonly S3Copier _copier;
    private readonly S3Versions _versions;
    private readonly S3Tags _tags;
    private readonly S3Presigner _presigner;
    private readonly BucketCapabilities _capabilities;
    private readonly S3OverwriteGuard? _guard;

    /// <param name="storage">The buckets' driver; copies stay inside one.</param>
    /// <param name="client">Sends the requests.</param>
    /// <param name="capabilities">What every bucket can do, as long as it keeps no versions.</param>
    public S3BucketDriver(StorageDriver storage, S3BucketClient client, BucketCapabilities capabilities)
    {
        _storage = storage;
        _capabilities = capabilities;
        _client = client;
        _reader = new S3ObjectReader(client);
        _writer = new S3ObjectWriter(client);
        _lister = new S3Lister(client);
        _deleter = new S3Deleter(client, _reader);
        _tags = new S3Tags(client);
        _multipart = new S3Multipart(client, _reader, _tags);
        _copier = new S3Copier(client, _reader, _tags);
        _versions = new S3Versions(client);
        _presigner = new S3Presigner(client);
        if (client.Profile.CreateIfAbsent != S3CreateIfAbsent.IfNoneMatch && (capabilities.Features & S3OverwriteGuard.Withdrawn) != BucketFeatures.None)
        {
            _guard = new S3OverwriteGuard(client, _versions, _deleter, capabilities);
        }
    }

    public override string Name => _client.Bucket;

    public override ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken) =>
        _guard is null ? ValueTask.FromResult(_capabilities) : _guard.GetCapabilitiesAsync(cancellationToken);

    public override Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions options, CancellationToken cancellationToken) =>
        _reader.TryGetInfoAsync(key, options.VersionId, cancellationToken);

    public override Task<ObjectContent> GetAsync(string key, GetOptions options, CancellationToken cancellationToken) => _reader.GetAsync(key, options, cancellationToken);

    public override Task<PutResult> PutAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) =>
        IsGuarded(options.Condition) ? PutGuardedAsync(key, body, checksum, options, cancellationToken) : _writer.PutAsync(key, body, checksum, options, cancellationToken);

    public override Task<ListPage> ListPageAsync(ListOptions options, CancellationToken cancellationToken) => _lister.ListAsync(options, cancellationToken);

    public override Task<DeleteResult> DeleteAsync(string key, DeleteOptions options, CancellationToken cancellationToken) => _deleter.DeleteAsync(key, options, cancellationToken);

    public override Task<IReadOnlyList<DeleteResult>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => _deleter.DeleteBatchAsync(keys, cancellationToken);

    public override bool CanCopyFrom(BucketDriver source) => source is S3BucketDriver other && ReferenceEquals(other._storage, _storage);

    public override Task<PutResult> CopyAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken) =>
        IsGuarded(options.Condition) ? CopyGuardedAsync(source, key, options, cancellationToken) : _copier.CopyAsync(source, key, options, cancellationToken);

    public override Task<MultipartUpload> CreateUploadAsync(string key, PutOptions options, CancellationToken cancellationToken) => _multipart.CreateAsync(key, options, cancellationToken);

    public override Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, UploadBody body, Checksum? checksum, CancellationToken cancellationToken) =>
        _multipart.PutPartAsync(upload, number, body, checksum, cancellationToken);

    public override Task<UploadedPart> CopyPartAsync(MultipartUpload upload, int number, CopySource source, long offset, long length, CancellationToken cancellationToken) =>
        _multipart.CopyPartAsync(upload, number, source, offset, length, cancellationToken);

    public override Task<PartPage> ListPartsPageAsync(MultipartUpload upload, string? continuationToken, CancellationToken cancellationToken) =>
        _multipart.ListPartsAsync(upload, continuationToken, cancellationToken);

    public override Task<PutResult> CompleteUploadAsync(
        MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) =>
        IsGuarded(options.Condition)
            ? CompleteGuardedAsync(upload, parts, checksum, options, cancellationToken)
            : _multipart.CompleteAsync(upload, parts, checksum, options, cancellationToken);

    public override Task AbortUploadAsync(MultipartUpload upload, CancellationToken cancellationToken) => _multipart.AbortAsync(upload, cancellationToken);

    public override Task<UploadPage> ListUploadsPageAsync(string? prefix, string? continuationToken, CancellationToken cancellationToken) =>
        _multipart.ListUploadsAsync(prefix, continuationToken, cancellationToken);

    public override Task<SignedRequest> SignAsync(string key, SignOptions options, CancellationToken cancellationToken) => _presigner.SignAsync(key, options, cancellationToken);

    public override Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellationToken) => _tags.GetAsync(key, versionId: null, cancellationToken);

    public override Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) => _tags.SetAsync(key, tags, cancellationToken);

    public override Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken) => _copier.SetTierAsync(key, tier, cancellationToken);

    public override Task<VersioningState> GetVersioningAsync(CancellationToken cancellationToken) => _versions.GetStateAsync(cancellationToken);

    public override async Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken)
    {
        await _versions.SetStateAsync(state, cancellationToken).ConfigureAwait(false);
        _guard?.Forget();
    }

    public override Task<VersionPage> ListVersionsPageAsync(ListVersionsOptions options, CancellationToken cancellationToken) => _versions.ListAsync(options, cancellationToken);

    /// <summary>The tags of a version, for a copy that must carry them itself.</summary>
    public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, string? versionId, CancellationToken cancellationToken) => _tags.GetAsync(key, versionId, cancellationToken);

    public override object? GetService(Type serviceType) => _storage.GetService(serviceType);

    private bool IsGuarded(in WriteCondition condition) => _guard is not null && condition.Kind == WriteConditionKind.MustNotExist;

    // Methods of their own, so that writes without the condition allocate no closure.
    private Task<PutResult> PutGuardedAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) =>
        _guard!.CreateAsync(key, () => _writer.PutAsync(key, body, checksum, options, cancellationToken), cancellationToken);

    private Task<PutResult> CopyGuardedAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken) =>
        _guard!.CreateAsync(key, () => _copier.CopyAsync(source, key, options, cancellationToken), cancellationToken);

    private Task<PutResult> CompleteGuardedAsync(MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) =>
        _guard!.CreateAsync(upload.Key, () => _multipart.CompleteAsync(upload, parts, checksum, options, cancellationToken), cancellationToken);
}
