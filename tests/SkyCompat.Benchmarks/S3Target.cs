using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks;

/// <summary>One S3 server, reached by SkyCompat, by the raw SDK and by a plain HTTP client. By default Ceph as <c>tests/servers/up.sh ceph</c> starts it.</summary>
internal sealed class S3Target : IStorageTarget
{
    // The public test pair of every vstart Ceph, as in tests/servers/README.md.
    private const string AccessKey = "0555b35654ad1656d804";
    private const string SecretKey = "h7GhxuBLTrlhVUyxSPUKUV8r/2EI4ngqJxD7iBdBYLhwluN30JaT3Q==";

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

    public string Endpoint => EndpointText;

    /// <summary>The settings as environment variables, for a process of its own.</summary>
    public IReadOnlyDictionary<string, string> Settings => SettingsOf(EndpointText);

    /// <summary>The same for rclone, as its remote <c>s3</c>.</summary>
    public IReadOnlyDictionary<string, string> RcloneSettings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RCLONE_CONFIG_S3_TYPE"] = "s3",
        ["RCLONE_CONFIG_S3_PROVIDER"] = "Ceph",
        ["RCLONE_CONFIG_S3_ENDPOINT"] = EndpointText,
        ["RCLONE_CONFIG_S3_ACCESS_KEY_ID"] = AccessKey,
        ["RCLONE_CONFIG_S3_SECRET_ACCESS_KEY"] = SecretKey,
    };

    /// <summary>The same for the AWS command line.</summary>
    public IReadOnlyDictionary<string, string> AwsSettings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AWS_ACCESS_KEY_ID"] = AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = SecretKey,
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_required",
    };

    private static string EndpointText => Environment.GetEnvironmentVariable("SKYCOMPAT_BENCH_S3") ?? "http://127.0.0.1:7480";

    public static async Task<S3Target> OpenAsync()
    {
        var endpoint = EndpointText;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(SettingsOf(endpoint).Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value))).Build();
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

    private static Dictionary<string, string> SettingsOf(string endpoint) => new(StringComparer.Ordinal)
    {
        ["SkyCompat__Clouds__s3__Provider"] = "S3",
        ["SkyCompat__Clouds__s3__S3__Profile"] = Environment.GetEnvironmentVariable("SKYCOMPAT_BENCH_PROFILE") ?? "Ceph",
        ["SkyCompat__Clouds__s3__S3__Endpoint"] = endpoint,
        ["SkyCompat__Clouds__s3__S3__AccessKeyId"] = AccessKey,
        ["SkyCompat__Clouds__s3__S3__SecretAccessKey"] = SecretKey,
    };

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
