using Azure.Storage.Blobs;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>The containers of a storage account.</summary>
internal sealed class AzureStorageDriver : StorageDriver
{
    private readonly Lazy<BlobServiceClient> _native;
    private readonly Containers _containers;

    public AzureStorageDriver(AzureContext context, Func<BlobServiceClient> native)
    {
        Context = context;
        _native = new Lazy<BlobServiceClient>(native);
        _containers = new Containers(context);
        Account = new AccountFacts(context);
        DelegationKeys = new UserDelegationKeys(new AzureClient(context, container: null));
    }

    public override CloudProvider Provider => CloudProvider.Azure;

    public override string ServerAddress => Context.Endpoint.Authority;

    public AzureContext Context { get; }

    public AccountFacts Account { get; }

    public UserDelegationKeys DelegationKeys { get; }

    public override string? ValidateBucketName(string name) => ContainerName.Explain(name);

    public override BucketDriver OpenBucket(string name) => new AzureBucketDriver(this, new AzureClient(Context, name));

    public override Task CreateBucketAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken) => _containers.CreateAsync(name, options, cancellationToken);

    public override Task DeleteBucketAsync(string name, CancellationToken cancellationToken) => _containers.DeleteAsync(name, cancellationToken);

    public override Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken) => _containers.TryGetInfoAsync(name, cancellationToken);

    public override Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions options, CancellationToken cancellationToken) => _containers.ListAsync(options, cancellationToken);

    public override object? GetService(Type serviceType) => serviceType == typeof(BlobServiceClient) ? _native.Value : null;

    public override async ValueTask DisposeAsync()
    {
        Context.Http.Dispose();
        Context.Access.Tokens?.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
