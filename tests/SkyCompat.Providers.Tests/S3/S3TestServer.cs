using System.Collections.Concurrent;
using SkyCompat.ObjectStorage;
using SkyCompat.S3;

namespace SkyCompat.Providers.Tests.S3;

/// <summary>The real servers that <c>tests/servers/up.sh</c> starts.</summary>
public sealed record S3TestServer(string Name, Uri Endpoint, S3Profile Profile)
{
    // The published constants of Ceph's own development set-up; moto takes any.
    public const string AccessKeyId = "0555b35654ad1656d804";
    public const string SecretAccessKey = "h7GhxuBLTrlhVUyxSPUKUV8r/2EI4ngqJxD7iBdBYLhwluN30JaT3Q==";

    private static readonly ConcurrentDictionary<string, Task<bool>> Reachable = new(StringComparer.Ordinal);

    public static S3TestServer Ceph { get; } = new("ceph", new Uri("http://127.0.0.1:7480"), S3Profiles.Ceph);

    public static S3TestServer CephTentacle { get; } = new("ceph20", new Uri("http://127.0.0.1:7490"), S3Profiles.CephTentacle);

    /// <summary>Not a vendor, so not a preset: a custom profile. It answers with checksums of parts as if they were of the whole, so none are used.</summary>
    public static S3TestServer Moto { get; } = new("moto", new Uri("http://127.0.0.1:5555"), S3Profiles.Custom with
    {
        Name = "Moto",
        LocationConstraint = S3LocationConstraint.ExceptUsEast1,
        Features = (S3Profiles.CommonFeatures & ~(BucketFeatures.CopySourceIfMatch | BucketFeatures.SignedResponseHeaders)) |
            (BucketFeatures.ConditionalPut & ~BucketFeatures.MultipartIfMatch) | BucketFeatures.DeleteIfMatch | BucketFeatures.Tags | BucketFeatures.Versions | BucketFeatures.DeleteMarkers,
    });

    public static IReadOnlyList<S3TestServer> All { get; } = [Ceph, CephTentacle, Moto];

    public static S3TestServer Find(string name) => All.Single(server => server.Name == name);

    /// <summary>Skips the test loudly if the server is not up; in CI that is a failure.</summary>
    public async Task RequireAsync()
    {
        if (await Reachable.GetOrAdd(Name, _ => AnswersAsync()))
        {
            return;
        }

        var reason = $"The S3 server '{Name}' is not reachable at {Endpoint}: start it with tests/servers/up.sh {Name}.";
        (Environment.GetEnvironmentVariable("CI") == "true").ShouldBeFalse(reason);
        Assert.Skip(reason);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            using var response = await client.GetAsync(Endpoint);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
