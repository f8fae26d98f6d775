using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>The buckets of Cloud Storage.</summary>
internal sealed class GoogleStorageDriver : StorageDriver
{
    private readonly GoogleClient _client;
    private readonly GoogleBucketAdministration _administration;

    public GoogleStorageDriver(GoogleContext context)
    {
        _client = new GoogleClient(context);
        _administration = new GoogleBucketAdministration(_client, States);
        Capabilities = GoogleCapabilities.Create(context.CanSign);
    }

    public override CloudProvider Provider => CloudProvider.Google;

    public override string ServerAddress => _client.Endpoint.Authority;

    /// <summary>What every bucket can do.</summary>
    public BucketCapabilities Capabilities { get; }

    /// <summary>Which buckets keep versions.</summary>
    public GoogleVersioningStates States { get; } = new();

    public override string? ValidateBucketName(string name) => GoogleBucketName.Explain(name);

    public override BucketDriver OpenBucket(string name) => new GoogleBucketDriver(this, new GoogleBucketClient(_client, name, States));

    public override Task CreateBucketAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken) => _administration.CreateAsync(name, options, cancellationToken);

    public override Task DeleteBucketAsync(string name, CancellationToken cancellationToken) => _administration.DeleteAsync(name, cancellationToken);

    public override Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken) => _administration.TryGetInfoAsync(name, cancellationToken);

    public override Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions options, CancellationToken cancellationToken) => _administration.ListAsync(options, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        _client.Context.Http.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
