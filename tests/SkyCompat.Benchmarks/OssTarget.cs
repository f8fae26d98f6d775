using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks;

/// <summary>The OSS server of this repository, as <c>tests/servers/up.sh oss</c> starts it, reached by SkyCompat and by a plain HTTP client on signed URLs, which computes no signature and checks nothing.</summary>
internal sealed class OssTarget : IStorageTarget
{
    private readonly ServiceProvider _services;

    private OssTarget(ServiceProvider services, string bucketName)
    {
        _services = services;
        BucketName = bucketName;
        Storage = services.GetRequiredService<IObjectStorage>();
        Bucket = Storage.GetBucket(bucketName);
        Http = services.GetRequiredService<IHttpClientFactory>().CreateClient("plain");
    }

    public IObjectStorage Storage { get; }

    public string BucketName { get; }

    public IBucket Bucket { get; }

    public HttpClient Http { get; }

    public static async Task<OssTarget> OpenAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:Clouds:oss:Provider"] = "Alibaba",
            ["SkyCompat:Clouds:oss:Region"] = "cn-hangzhou",
            ["SkyCompat:Clouds:oss:Alibaba:Endpoint"] = Environment.GetEnvironmentVariable("SKYCOMPAT_BENCH_OSS") ?? "http://127.0.0.1:4444",

            // The account of the server of this repository, as in tests/servers/README.md.
            ["SkyCompat:Clouds:oss:Alibaba:AccessKeyId"] = "LTAI5tSkyCompatMain",
            ["SkyCompat:Clouds:oss:Alibaba:AccessKeySecret"] = "SkyCompatMainSecret0000000001",
        }).Build();
        var services = new ServiceCollection();
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddAlibaba();
        services.AddHttpClient("plain").RemoveAllLoggers();
        var target = new OssTarget(services.BuildServiceProvider(), $"bench-{Guid.NewGuid():N}"[..20]);
        await target.Storage.CreateBucketAsync(target.BucketName);
        return target;
    }

    public Task<SignedRequest> SignAsync(string key, SignedMethod method) => Bucket.SignAsync(key, new SignOptions { Method = method, Lifetime = TimeSpan.FromHours(1) });

    /// <summary>Reads an object by one request.</summary>
    public async Task PlainGetAsync(SignedRequest signed)
    {
        using var response = await Http.GetAsync(signed.Url, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null);
    }

    /// <summary>Writes an object by one request.</summary>
    public async Task PlainPutAsync(SignedRequest signed, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        foreach (var (name, value) in signed.RequiredHeaders)
        {
            content.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.PutAsync(signed.Url, content);
        response.EnsureSuccessStatusCode();
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
