using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks;

/// <summary>Azurite, as <c>tests/servers/up.sh azurite</c> starts it, reached by SkyCompat and by the raw SDK, its retries, logs and telemetry off as well.</summary>
internal sealed class AzureTarget : IStorageTarget
{
    // Published by Microsoft for the emulator.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly ServiceProvider _services;

    private AzureTarget(ServiceProvider services, IObjectStorage storage, string bucketName, BlobContainerClient sdk)
    {
        _services = services;
        Storage = storage;
        BucketName = bucketName;
        Bucket = storage.GetBucket(bucketName);
        Sdk = sdk;
    }

    public IObjectStorage Storage { get; }

    public string BucketName { get; }

    public IBucket Bucket { get; }

    public BlobContainerClient Sdk { get; }

    /// <summary>The settings as environment variables, for a process of its own.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(SettingsText, StringComparer.Ordinal) { ["SkyCompat__Clouds__azure__Azure__UploadChecksum"] = "Md5" };

    /// <summary>The same for rclone, as its remote <c>azure</c>: by a signed URL, the one way in which it takes an endpoint whose account is in the path.</summary>
    public IReadOnlyDictionary<string, string> RcloneSettings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RCLONE_CONFIG_AZURE_TYPE"] = "azureblob",
        ["RCLONE_CONFIG_AZURE_SAS_URL"] = Sdk.GenerateSasUri(BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddHours(6)).AbsoluteUri,
    };

    private static string EndpointText => Environment.GetEnvironmentVariable("SKYCOMPAT_BENCH_AZURE") ?? $"http://127.0.0.1:10000/{Account}";

    private static Dictionary<string, string> SettingsText => new(StringComparer.Ordinal)
    {
        ["SkyCompat__Clouds__azure__Provider"] = "Azure",
        ["SkyCompat__Clouds__azure__Azure__BlobServiceUri"] = EndpointText,
        ["SkyCompat__Clouds__azure__Azure__AccountKey"] = Key,
    };

    /// <summary>Opens a bucket of its own.</summary>
    /// <param name="checksum">How puts of ours are checked: a CRC-64, as is the default, or an MD5, which the emulator does not compute in JavaScript.</param>
    public static async Task<AzureTarget> OpenAsync(string checksum = "Crc64")
    {
        var endpoint = EndpointText;
        var settings = new Dictionary<string, string>(SettingsText, StringComparer.Ordinal) { ["SkyCompat__Clouds__azure__Azure__UploadChecksum"] = checksum };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value))).Build();
        var services = new ServiceCollection();
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddAzure();
        var provider = services.BuildServiceProvider();
        var options = new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 })) };
        options.AddPolicy(new BodyChecksumPolicy(), HttpPipelinePosition.PerCall);
        options.Retry.MaxRetries = 0;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsTelemetryEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        var name = $"bench-{Guid.NewGuid():N}"[..20];
        var sdk = new BlobServiceClient(new Uri(endpoint), new StorageSharedKeyCredential(Account, Key), options).GetBlobContainerClient(name);
        var target = new AzureTarget(provider, provider.GetRequiredService<IObjectStorage>(), name, sdk);
        await target.Storage.CreateBucketAsync(name);
        return target;
    }

    public async ValueTask DisposeAsync()
    {
        await foreach (var _ in Bucket.DeleteManyAsync(Bucket.ListAsync().Select(entry => entry.Key)))
        {
        }

        await Storage.DeleteBucketAsync(BucketName);
        await _services.DisposeAsync();
    }
}
