using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>The buckets of an account in OSS.</summary>
internal sealed class OssStorageDriver(S3Context context) : StorageDriver
{
    private readonly OssBucketAdministration _administration = new(context);

    public override CloudProvider Provider => CloudProvider.Alibaba;

    public override string ServerAddress => context.Endpoint.Authority;

    public override string? ValidateBucketName(string name) => OssBucketName.Explain(name);

    public override BucketDriver OpenBucket(string name) => new OssBucketDriver(this, new S3BucketClient(context, name));

    public override Task CreateBucketAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken) => _administration.CreateAsync(name, options, cancellationToken);

    public override Task DeleteBucketAsync(string name, CancellationToken cancellationToken) => _administration.DeleteAsync(name, cancellationToken);

    public override Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken) => _administration.TryGetInfoAsync(name, cancellationToken);

    public override Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions options, CancellationToken cancellationToken) => _administration.ListAsync(options, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        context.Http.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
