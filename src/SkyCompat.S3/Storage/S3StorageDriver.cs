using Amazon.S3;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>The buckets of an S3-compatible store.</summary>
internal sealed class S3StorageDriver : StorageDriver
{
    private readonly S3Context _context;
    private readonly Lazy<IAmazonS3> _native;
    private readonly S3BucketAdministration _administration;

    public S3StorageDriver(CloudProvider provider, S3Context context, Func<IAmazonS3> native)
    {
        Provider = provider;
        _context = context;
        _native = new Lazy<IAmazonS3>(native);
        _administration = new S3BucketAdministration(context, _native);
        Capabilities = context.Profile.ToCapabilities();
    }

    public override CloudProvider Provider { get; }

    public override string ServerAddress => _context.Endpoint.Authority;

    /// <summary>What the profile promises of every bucket.</summary>
    public BucketCapabilities Capabilities { get; }

    public override string? ValidateBucketName(string name) => S3BucketName.Explain(name);

    public override BucketDriver OpenBucket(string name) => new S3BucketDriver(this, new S3BucketClient(_context, name), Capabilities);

    public override Task CreateBucketAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken) => _administration.CreateAsync(name, options, cancellationToken);

    public override Task DeleteBucketAsync(string name, CancellationToken cancellationToken) => _administration.DeleteAsync(name, cancellationToken);

    public override Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken) => _administration.TryGetInfoAsync(name, cancellationToken);

    public override Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions options, CancellationToken cancellationToken) => _administration.ListAsync(options, cancellationToken);

    public override object? GetService(Type serviceType) => serviceType == typeof(IAmazonS3) ? _native.Value : serviceType == typeof(S3Profile) ? _context.Profile : null;

    public override async ValueTask DisposeAsync()
    {
        if (_native.IsValueCreated)
        {
            _native.Value.Dispose();
        }

        _context.Http.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
