using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks;

/// <summary>The Cloud Storage server of this repository, reached by SkyCompat and by a plain HTTP client that sends the same requests and checks nothing; as <c>tests/servers/up.sh gcs</c> starts it.</summary>
internal sealed class GcsTarget : IStorageTarget
{
    private readonly ServiceProvider _services;
    private readonly Uri _endpoint;

    private GcsTarget(ServiceProvider services, Uri endpoint, string bucketName)
    {
        _services = services;
        _endpoint = endpoint;
        BucketName = bucketName;
        Storage = services.GetRequiredService<IObjectStorage>();
        Bucket = Storage.GetBucket(bucketName);
        Http = services.GetRequiredService<IHttpClientFactory>().CreateClient("plain");
    }

    public IObjectStorage Storage { get; }

    public string BucketName { get; }

    public IBucket Bucket { get; }

    public HttpClient Http { get; }

    public static async Task<GcsTarget> OpenAsync()
    {
        var endpoint = new Uri(Environment.GetEnvironmentVariable("SKYCOMPAT_BENCH_GCS") ?? "http://127.0.0.1:4443");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:Clouds:gcs:Provider"] = "Google",
            ["SkyCompat:Clouds:gcs:Google:Endpoint"] = endpoint.GetLeftPart(UriPartial.Authority),
            ["SkyCompat:Clouds:gcs:Google:ProjectId"] = "bench",
            ["SkyCompat:Clouds:gcs:Google:Anonymous"] = "true",
        }).Build();
        var services = new ServiceCollection();
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddGoogle();
        services.AddHttpClient("plain").RemoveAllLoggers();
        var target = new GcsTarget(services.BuildServiceProvider(), endpoint, $"bench-{Guid.NewGuid():N}"[..20]);
        await target.Storage.CreateBucketAsync(target.BucketName);
        return target;
    }

    /// <summary>Reads an object by one request.</summary>
    public async Task PlainGetAsync(string key)
    {
        using var response = await Http.GetAsync(new Uri(_endpoint, $"/{BucketName}/{key}"), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null);
    }

    /// <summary>Writes an object by one request of <c>uploadType=multipart</c>, as Google's own clients do.</summary>
    public async Task PlainPutAsync(string key, byte[] body)
    {
        using var content = new MultipartContent("related");
        content.Add(new StringContent($$"""{"name":"{{key}}","contentType":"application/octet-stream"}""", new MediaTypeHeaderValue("application/json")));
        content.Add(new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } });
        using var response = await Http.PostAsync(new Uri(_endpoint, $"/upload/storage/v1/b/{BucketName}/o?uploadType=multipart"), content);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null);
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
