using Azure.Storage.Blobs;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>One container.</summary>
internal sealed class AzureBucketDriver : BucketDriver
{
    private readonly AzureStorageDriver _storage;
    private readonly AzureClient _client;
    private readonly BlobWriter _writer;
    private readonly BlobUploads _uploads;
    private readonly BlobLister _lister;
    private readonly BlobDeleter _deleter;
    private readonly BlobBatch _batch;
    private readonly BlobCopier _copier;
    private readonly BlobVersions _versions;
    private readonly BlobPresigner _presigner;

    public AzureBucketDriver(AzureStorageDriver storage, AzureClient client)
    {
        _storage = storage;
        _client = client;
        Reader = new BlobReader(client);
        Tags = new BlobTags(client);
        _writer = new BlobWriter(client);
        _lister = new BlobLister(client);
        _deleter = new BlobDeleter(client);
        _batch = new BlobBatch(client);
        var sources = new CopySources(this, client);
        var blocks = new BlockLists(client, Reader, Tags, sources);
        _uploads = new BlobUploads(client, blocks);
        _copier = new BlobCopier(client, Reader, blocks, sources, storage.Account);
        _versions = new BlobVersions(client);
        _presigner = new BlobPresigner(client, storage.DelegationKeys);
    }

    public override string Name => _client.Container!;

    public BlobReader Reader { get; }

    public BlobTags Tags { get; }

    public override ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken) => _storage.Account.GetAsync(_client, cancellationToken);

    public override Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions options, CancellationToken cancellationToken) =>
        Reader.TryGetInfoAsync(key, options.VersionId, cancellationToken);

    public override Task<ObjectContent> GetAsync(string key, GetOptions options, CancellationToken cancellationToken) => Reader.GetAsync(key, options, cancellationToken);

    public override Task<PutResult> PutAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) =>
        _writer.PutAsync(key, body, checksum, options, cancellationToken);

    public override Task<ListPage> ListPageAsync(ListOptions options, CancellationToken cancellationToken) => _lister.ListAsync(options, cancellationToken);

    public override Task<DeleteResult> DeleteAsync(string key, DeleteOptions options, CancellationToken cancellationToken) => _deleter.DeleteAsync(key, options, cancellationToken);

    public override Task<IReadOnlyList<DeleteResult>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => _batch.DeleteAsync(keys, cancellationToken);

    /// <summary>Whether the source is in the same account, which is as far as one set of credentials reads.</summary>
    public override bool CanCopyFrom(BucketDriver source) =>
        source is AzureBucketDriver other && (ReferenceEquals(other._storage, _storage) || other._storage.Context.Endpoint.Service == _storage.Context.Endpoint.Service);

    public override bool IsInStoreOf(BucketDriver other) => other is AzureBucketDriver { _storage.Context.Endpoint: var endpoint }
        && endpoint.Service == _storage.Context.Endpoint.Service && endpoint.Account == _storage.Context.Endpoint.Account;

    public override Task<PutResult> CopyAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken) =>
        _copier.CopyAsync(source, key, options, cancellationToken);

    public override Task<MultipartUpload> CreateUploadAsync(string key, PutOptions options, CancellationToken cancellationToken) => _uploads.CreateAsync(key, cancellationToken);

    public override Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, UploadBody body, Checksum? checksum, CancellationToken cancellationToken) =>
        _uploads.PutPartAsync(upload, number, body, checksum, cancellationToken);

    public override Task<UploadedPart> CopyPartAsync(MultipartUpload upload, int number, CopySource source, long offset, long length, CancellationToken cancellationToken) =>
        _uploads.CopyPartAsync(upload, number, source, offset, length, cancellationToken);

    public override Task<UploadedPart> PullPartAsync(MultipartUpload upload, int number, SignedRequest source, long offset, long length, CancellationToken cancellationToken) =>
        _uploads.PullPartAsync(upload, number, source, offset, length, cancellationToken);

    public override Task<PartPage> ListPartsPageAsync(MultipartUpload upload, string? continuationToken, CancellationToken cancellationToken) =>
        _uploads.ListPartsAsync(upload, continuationToken, cancellationToken);

    public override Task<PutResult> CompleteUploadAsync(
        MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) =>
        _uploads.CompleteAsync(upload, parts, checksum, options, cancellationToken);

    public override Task AbortUploadAsync(MultipartUpload upload, CancellationToken cancellationToken) => _uploads.AbortAsync(upload, cancellationToken);

    public override Task<UploadPage> ListUploadsPageAsync(string? prefix, string? continuationToken, CancellationToken cancellationToken) =>
        _uploads.ListUploadsAsync(prefix, continuationToken, cancellationToken);

    public override Task<SignedRequest> SignAsync(string key, SignOptions options, CancellationToken cancellationToken) => _presigner.SignAsync(key, options, cancellationToken);

    public override Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellationToken) => Tags.GetAsync(key, versionId: null, cancellationToken);

    public override Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) => Tags.SetAsync(key, tags, cancellationToken);

    public override Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken) => _copier.SetTierAsync(key, tier, cancellationToken);

    public override Task<VersioningState> GetVersioningAsync(CancellationToken cancellationToken) => _versions.GetStateAsync(cancellationToken);

    public override Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken) => BlobVersions.SetStateAsync(state);

    public override Task<VersionPage> ListVersionsPageAsync(ListVersionsOptions options, CancellationToken cancellationToken) => _versions.ListAsync(options, cancellationToken);

    public override object? GetService(Type serviceType) => serviceType == typeof(BlobContainerClient)
        ? ((BlobServiceClient)_storage.GetService(typeof(BlobServiceClient))!).GetBlobContainerClient(Name)
        : _storage.GetService(serviceType);
}
