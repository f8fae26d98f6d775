using System.Text.RegularExpressions;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Tests.Support;

namespace SkyCompat.Transfer.Tests.Servers;

/// <summary>Transfers between real, independently written servers.</summary>
public sealed partial class ServerTransferTests : IAsyncDisposable
{
    private const int LargeBytes = (20 << 20) + 77;

    private readonly TestServers _servers = new();

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    [Theory]
    [InlineData("ceph", "azurite")]
    [InlineData("azurite", "ceph")]
    [InlineData("ceph", "gcs")]
    [InlineData("gcs", "azurite")]
    [InlineData("azurite", "oss")]
    [InlineData("oss", "moto")]
    [InlineData("moto", "gcs")]
    [InlineData("gcs", "oss")]
    [InlineData("local", "ceph")]
    [InlineData("ceph", "local")]
    public async Task RunAsync_BetweenClouds_CarriesEverythingAndSyncsToNothing(string from, string to)
    {
        var (source, target) = (await _servers.CreateBucketAsync(from), await _servers.CreateBucketAsync(to));
        var options = new PutOptions
        {
            Headers = new ContentHeaders { ContentType = "text/plain", CacheControl = "no-cache" },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["colour"] = "grün", ["empty"] = "" },
        };
        if ((await source.GetCapabilitiesAsync(TransferWorld.Token)).Supports(BucketFeatures.Tags))
        {
            options = options with { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "sky" } };
        }

        await source.PutAsync("in/ü/small", TransferWorld.Bytes(1000), options, TransferWorld.Token);
        await source.PutAsync("in/large", TransferWorld.Bytes(LargeBytes, 2), options, TransferWorld.Token);
        await source.PutAsync("in/empty", ObjectBody.Empty, options, TransferWorld.Token);
        var observer = new RecordingObserver();
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(source, "in/"), Destination = TransferLocation.FromPrefix(target, "out/") };
        var report = await _servers.Transfers.RunAsync(request, observer, TransferWorld.Token);
        report.Failures.ShouldBeEmpty();
        report.Copied.ShouldBe(3);
        report.Cost.Amount.ShouldBe(0);
        (await TransferWorld.ReadAsync(target, "out/")).ShouldBe(await TransferWorld.ReadAsync(source, "in/"));
        foreach (var key in (string[])["out/ü/small", "out/large", "out/empty"])
        {
            var info = await target.GetInfoAsync(key, TransferWorld.Token);
            info.Headers.ShouldBe(options.Headers);
            info.Metadata.Where(pair => pair.Key != "mtime").ToDictionary(StringComparer.Ordinal).ShouldBe(new Dictionary<string, string>(options.Metadata, StringComparer.Ordinal), ignoreOrder: true);
            info.Metadata.ContainsKey("mtime").ShouldBeTrue();
            if (!report.Losses.Any(loss => loss.Kind is TransferLossKind.Tags) && target.GetService<IObjectTags>() is { } tags)
            {
                (await tags.GetTagsAsync(key, TransferWorld.Token)).ShouldBe(options.Tags);
            }
        }

        (await _servers.Transfers.RunAsync(request with { Mode = TransferMode.Sync }, cancellationToken: TransferWorld.Token)).Copied.ShouldBe(0);
        var content = request with { Options = new TransferOptions { Comparison = TransferComparison.Content } };
        (await _servers.Transfers.CompareAsync(content, TransferWorld.Token).Select(difference => difference.Kind).Distinct().ToListAsync(TransferWorld.Token)).ShouldBe([TransferDifferenceKind.Same]);
    }

    [Theory]
    [InlineData("ceph")]
    [InlineData("azurite")]
    [InlineData("gcs")]
    [InlineData("oss")]
    [InlineData("local")]
    public async Task RunAsync_InsideOneStore_MovesNoBytesThroughTheProcess(string cloud)
    {
        var (source, target) = (await _servers.CreateBucketAsync(cloud), await _servers.CreateBucketAsync(cloud));
        await source.PutAsync("small", TransferWorld.Bytes(1000), cancellationToken: TransferWorld.Token);
        await source.PutAsync("large", TransferWorld.Bytes(LargeBytes), cancellationToken: TransferWorld.Token);
        using var traffic = new TrafficMeter(_servers.Meters);
        var report = await _servers.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromPrefix(source), Destination = TransferLocation.FromPrefix(target) }, cancellationToken: TransferWorld.Token);
        report.Failures.ShouldBeEmpty();
        report.Routes.ShouldBe(new Dictionary<TransferRoute, long> { [TransferRoute.ServerSideCopy] = 2 });
        traffic.Bytes.ShouldBe(0);
        (await TransferWorld.ReadAsync(target)).ShouldBe(await TransferWorld.ReadAsync(source));
    }

    /// <summary>Azurite reads URLs of its own account only, so both sides are there; that it is done by URL and not by the account's own copy is what the request asks for.</summary>
    [Fact]
    public async Task RunAsync_AzurePullsByItself_MovesNoBytesThroughTheProcess()
    {
        var (source, target) = (await _servers.CreateBucketAsync("azurite"), await _servers.CreateBucketAsync("azurite"));
        await source.PutAsync("large", TransferWorld.Bytes(LargeBytes), cancellationToken: TransferWorld.Token);
        using var traffic = new TrafficMeter(_servers.Meters);
        var observer = new RecordingObserver();
        var report = await _servers.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromPrefix(source), Destination = TransferLocation.FromPrefix(target), Options = new TransferOptions { Routes = TransferRoute.Pull } }, observer, TransferWorld.Token);
        report.Failures.ShouldBeEmpty();
        observer.Results["large"].Route.ShouldBe(TransferRoute.Pull);
        traffic.Bytes.ShouldBe(0);
        (await TransferWorld.ReadAsync(target)).ShouldBe(await TransferWorld.ReadAsync(source));
    }

    /// <summary>A URL that was good when it was made and is refused when the destination comes to use it.</summary>
    [Fact]
    public async Task RunAsync_SignedUrlExpired_IsSignedAnew()
    {
        var (source, target) = (await _servers.CreateBucketAsync("azurite"), await _servers.CreateBucketAsync("azurite"));
        await source.PutAsync("large", TransferWorld.Bytes(LargeBytes), cancellationToken: TransferWorld.Token);
        var expiring = new ExpiringBucket(source, badUrls: 1);
        var observer = new RecordingObserver();
        var options = new TransferOptions { Routes = TransferRoute.Pull, MaxConcurrency = 1 };
        var report = await _servers.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromPrefix(expiring), Destination = TransferLocation.FromPrefix(target), Options = options }, observer, TransferWorld.Token);
        report.Failures.ShouldBeEmpty();
        expiring.Signed.ShouldBe(2);
        (await TransferWorld.ReadAsync(target)).ShouldBe(await TransferWorld.ReadAsync(source));
    }

    [Fact]
    public async Task RunAsync_UrlsThatTheDestinationCannotRead_FallBackToThePipe()
    {
        var (source, target) = (await _servers.CreateBucketAsync("ceph"), await _servers.CreateBucketAsync("azurite"));
        await source.PutAsync("large", TransferWorld.Bytes(LargeBytes), cancellationToken: TransferWorld.Token);
        var observer = new RecordingObserver();
        var report = await _servers.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromPrefix(source), Destination = TransferLocation.FromPrefix(target) }, observer, TransferWorld.Token);
        report.Failures.ShouldBeEmpty();
        observer.Results["large"].Route.ShouldBe(TransferRoute.Pipe);
        observer.Results["large"].Reason.ShouldNotBeNull().ShouldContain("pull failed");
        (await TransferWorld.ReadAsync(target)).ShouldBe(await TransferWorld.ReadAsync(source));
        (await target.GetService<IMultipartUploads>()!.ListUploadsAsync(cancellationToken: TransferWorld.Token).AnyAsync(TransferWorld.Token)).ShouldBeFalse();
    }

    [GeneratedRegex("se=[^&]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expired();

    private sealed class ExpiringBucket(IBucket inner, int badUrls) : DelegatingBucket(inner)
    {
        private int _signed;

        public int Signed => _signed;

        public override async Task<SignedRequest> SignAsync(string key, SignOptions? options = null, CancellationToken cancellationToken = default)
        {
            var signed = await base.SignAsync(key, options, cancellationToken);
            return Interlocked.Increment(ref _signed) > badUrls ? signed
                : new SignedRequest(signed.Method, new Uri(Expired().Replace(signed.Url.AbsoluteUri, "se=2000-01-01T00%3A00%3A00Z")), signed.ExpiresAt);
        }
    }
}
