using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks;

/// <summary>One S3 server, reached by SkyCompat, by the raw SDK and by a plain HTTP client. By default Ceph as <c>tests/servers/up.sh ceph</c> starts it.</summary>
internal sealed class S3Target : IStorageTarget
{
    private readonly ServiceProvider _services;

    private S3Target(ServiceProvider services, IObjectStorage storage, string bucketName, AmazonS3Client sdk)
    {
        _services = services;
        Storage = storage;
        BucketName = bucketName;
        Bucket = storage.GetBucket(bucketName);
        Sdk = sdk;
        Http = services.GetRequiredService<IHttpClientFactory>().CreateClient("plain");
    }

    public IObjectStorage Storage { get; }

    public string BucketName { get; }

    public IBucket Bucket { get; }

    public AmazonS3Client Sdk { get; }

    public HttpClient Http { get; }

    public static async Task<S3Target> OpenAsync()
    {
        var endpoint = Environment.GetEnvironmentVariable("SKYCOMPAT_BENCH_S3") ?? "http://127.0.0.1:7480";
        var profile = Environment.GetEnvironmentVariable("SKYCOMPAT_BENCH_PROFILE") ?? "Ceph";

        // The public test pair of every vstart Ceph, as in tests/servers/README.md.
        const string AccessKey = "0555b35654ad1656d804";
        const string SecretKey = "h7GhxuBLTrlhVUyxSPUKUV8r/2EI4ngqJxD7iBdBYLhwluN30JaT3Q==";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:Clouds:s3:Provider"] = "S3",
            ["SkyCompat:Clouds:s3:S3:Profile"] = profile,
            ["SkyCompat:Clouds:s3:S3:Endpoint"] = endpoint,
            ["SkyCompat:Clouds:s3:S3:AccessKeyId"] = AccessKey,
            ["SkyCompat:Clouds:s3:S3:SecretAccessKey"] = SecretKey,
        }).Build();
        var services = new ServiceCollection();
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddS3();
        services.AddHttpClient("plain").RemoveAllLoggers();
        var provider = services.BuildServiceProvider();
        var sdk = new AmazonS3Client(new BasicAWSCredentials(AccessKey, SecretKey), new AmazonS3Config
        {
            ServiceURL = endpoint,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            UseHttp = true,
            MaxErrorRetry = 0,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
        var target = new S3Target(provider, provider.GetRequiredService<IObjectStorage>(), $"bench-{Guid.NewGuid():N}"[..20], sdk);
        await target.Storage.CreateBucketAsync(target.BucketName);
        return target;
    }

    public async Task<Uri> SignAsync(string key, SignedMethod method) => (await Bucket.SignAsync(key, new SignOptions { Method = method, Lifetime = TimeSpan.FromHours(1) })).Url;

    public async ValueTask DisposeAsync()
    {
        await foreach (var _ in Bucket.DeleteManyAsync(Bucket.ListAsync().Select(entry => entry.Key)))
        {
        }

        await Storage.DeleteBucketAsync(BucketName);
        Sdk.Dispose();
        await _services.DisposeAsync();
    }
}
