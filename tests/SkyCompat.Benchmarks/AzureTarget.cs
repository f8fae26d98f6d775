using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks;

/// <summary>Azurite, as <c>tests/servers/up.sh azurite</c> starts it, reached by SkyCompat and by the raw SDK, its retries, logs and telemetry off as well.</summary>
internal sealed class AzureTarget : IStorageTarget
{
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

    public static async Task<AzureTarget> OpenAsync()
    {
        // Published by Microsoft for the emulator.
        const string Account = "devstoreaccount1";
        const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        var endpoint = Environment.GetEnvironmentVariable("SKYCOMPAT_BENCH_AZURE") ?? $"http://127.0.0.1:10000/{Account}";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:Clouds:azure:Provider"] = "Azure",
            ["SkyCompat:Clouds:azure:Azure:BlobServiceUri"] = endpoint,
            ["SkyCompat:Clouds:azure:Azure:AccountKey"] = Key,
        }).Build();
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
