using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SkyCompat.Drivers;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Local;

public sealed class LocalSigningTests : IAsyncLifetime
{
    private readonly LocalTestRoot _root = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly HttpClient _http = new();
    private LocalStorageDriver _storage = null!;
    private BucketDriver _bucket = null!;

    public async ValueTask InitializeAsync()
    {
        _storage = _root.Open(time: _time);
        _bucket = await _storage.BucketAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _storage.DisposeAsync();
        _root.Dispose();
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("../a/../b..")]
    [InlineData("a//b/ %20%2F+&?#=ü😀\u0001")]
    [InlineData("/")]
    public async Task Get_WithASignature_ServesTheObject(string key)
    {
        var put = await _bucket.PutAsync(key, "the body", new PutOptions { Headers = new ContentHeaders { ContentType = "text/plain" } });
        using var reply = await SendAsync(await SignAsync(key, new SignOptions()));
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reply.Content.ReadAsStringAsync()).ShouldBe("the body");
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        reply.Headers.ETag!.Tag.ShouldBe($"\"{put.Tag}\"");

        using var head = await SendAsync(await SignAsync(key, new SignOptions { Method = SignedMethod.Head }));
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.ShouldBe(8);

        using var delete = await SendAsync(await SignAsync(key, new SignOptions { Method = SignedMethod.Delete }));
        delete.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await SendAsync(await SignAsync(key, new SignOptions()));
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_OfARange_ServesIt()
    {
        await _bucket.PutAsync("key", DriverExtensions.Bytes(100_000));
        var signed = await SignAsync("key", new SignOptions());
        using var request = new HttpRequestMessage(HttpMethod.Get, signed.Url) { Headers = { Range = new RangeHeaderValue(10, 19) } };
        using var reply = await _http.SendAsync(request);
        reply.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        reply.Content.Headers.ContentRange!.ToString().ShouldBe("bytes 10-19/100000");
        (await reply.Content.ReadAsByteArrayAsync()).ShouldBe(DriverExtensions.Bytes(100_000)[10..20]);
        using var beyond = new HttpRequestMessage(HttpMethod.Get, signed.Url) { Headers = { Range = new RangeHeaderValue(100_000, null) } };
        using var refused = await _http.SendAsync(beyond);
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
    }

    [Fact]
    public async Task Get_WithResponseHeaders_OverridesThem()
    {
        await _bucket.PutAsync("key", "body", new PutOptions { Headers = new ContentHeaders { ContentType = "text/plain", CacheControl = "no-cache" } });
        var headers = new ContentHeaders { ContentType = "image/png", ContentDisposition = "attachment; filename=\"a b.png\"" };
        using var reply = await SendAsync(await SignAsync("key", new SignOptions { ResponseHeaders = headers }));
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        reply.Content.Headers.ContentDisposition!.ToString().ShouldBe(headers.ContentDisposition);
        reply.Headers.CacheControl!.NoCache.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(20_000_000)]
    public async Task Put_WithASignature_StoresTheBody(int size)
    {
        var bytes = DriverExtensions.Bytes(size);
        var signed = await SignAsync("key", new SignOptions { Method = SignedMethod.Put, ContentType = "image/png" });
        signed.RequiredHeaders["Content-Type"].ShouldBe("image/png");
        using (var wrong = await _http.PutAsync(signed.Url, new ByteArrayContent(bytes) { Headers = { ContentType = new("text/plain") } }))
        {
            wrong.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        using var reply = await _http.PutAsync(signed.Url, new ByteArrayContent(bytes) { Headers = { ContentType = new("image/png") } });
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _bucket.ReadAsync("key")).ShouldBe(bytes);
        var info = (await _bucket.InfoAsync("key"))!;
        info.Headers.ContentType.ShouldBe("image/png");
        info.Checksum.ShouldBe(ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes));
        reply.Headers.ETag!.Tag.ShouldBe($"\"{info.Tag}\"");
    }

    [Fact]
    public async Task Request_ThatIsNotWhatWasSigned_IsRefused()
    {
        await _bucket.PutAsync("key", "body");
        await _bucket.PutAsync("other", "secret");
        var signed = await SignAsync("key", new SignOptions { Lifetime = TimeSpan.FromMinutes(5) });
        signed.ToString().ShouldNotContain("signature");
        var url = signed.Url.AbsoluteUri;
        await RefusedAsync(HttpMethod.Put, url);
        await RefusedAsync(HttpMethod.Delete, url);
        await RefusedAsync(HttpMethod.Head, url);
        await RefusedAsync(HttpMethod.Get, url.Replace("key=key", "key=other", StringComparison.Ordinal));
        await RefusedAsync(HttpMethod.Get, url.Replace("expires=", "expires=9", StringComparison.Ordinal));
        await RefusedAsync(HttpMethod.Get, url + "&response-content-type=text%2Fhtml");
        await RefusedAsync(HttpMethod.Get, url + "&x=y");
        await RefusedAsync(HttpMethod.Get, url + "&key=other");
        await RefusedAsync(HttpMethod.Get, url[..url.IndexOf("&signature", StringComparison.Ordinal)]);
        await RefusedAsync(HttpMethod.Get, url[..url.IndexOf('?', StringComparison.Ordinal)]);
        using (var good = await _http.GetAsync(signed.Url))
        {
            good.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        _time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        await RefusedAsync(HttpMethod.Get, url);
        (await _bucket.ReadTextAsync("key")).ShouldBe("body");

        async Task RefusedAsync(HttpMethod method, string target)
        {
            using var reply = await _http.SendAsync(new HttpRequestMessage(method, target));
            reply.StatusCode.ShouldBe(HttpStatusCode.Forbidden, target);
        }
    }

    [Fact]
    public async Task Url_AfterARestartOfAHost_StillWorks()
    {
        await _bucket.PutAsync("key", "body");
        await using var first = Hosted();
        var signed = await first.OpenBucket(_bucket.Name).SignAsync("key", new SignOptions(), default);
        signed.Url.AbsoluteUri.ShouldStartWith("https://files.example.com/signed?");
        await first.DisposeAsync();

        await using var second = Hosted();
        var handler = second.GetService(typeof(SignedRequestHandler)).ShouldBeOfType<SignedRequestHandler>();
        await using var reply = await handler.HandleAsync(new SignedHttpRequest("GET", signed.Url.Query, DriverExtensions.Pairs("range", "bytes=1-2"), Stream.Null));
        reply.StatusCode.ShouldBe(206);
        using var reader = new StreamReader(reply.Body, Encoding.UTF8);
        (await reader.ReadToEndAsync()).ShouldBe("od");

        LocalStorageDriver Hosted() => _root.Open(options => options.PublicBaseUrl = new Uri("https://files.example.com/signed"), _time);
    }

    [Fact]
    public async Task Put_ThatEndsEarly_LeavesWhatWasThere()
    {
        await _bucket.PutAsync("key", "old");
        var signed = await SignAsync("key", new SignOptions { Method = SignedMethod.Put });
        foreach (var size in (int[])[10, 9_000_000])
        {
            var headers = DriverExtensions.Pairs("Content-Length", $"{size + 1}");
            await using var reply = await _storage.RequestHandler.HandleAsync(new SignedHttpRequest("PUT", signed.Url.Query, headers, new MemoryStream(new byte[size])));
            reply.StatusCode.ShouldBe(400);
        }

        (await _bucket.ReadTextAsync("key")).ShouldBe("old");
        (await _bucket.ListUploadsPageAsync(null, null, default)).Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Secret_OnDisk_IsForItsOwnerOnly()
    {
        await SignAsync("key", new SignOptions());
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no Unix file modes.");
            return;
        }

        File.GetUnixFileMode(Path.Combine(_root.Path, "root", "signing.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Secret_WantedByManyAtOnce_IsOneForAll()
    {
        for (var round = 0; round < 50; round++)
        {
            using var root = new LocalTestRoot();
            await using var storage = root.Open(time: _time);
            var bucket = await storage.BucketAsync();
            using var together = new Barrier(8);
            var signed = await Task.WhenAll(Enumerable.Range(0, together.ParticipantCount).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return bucket.SignAsync("absent", new SignOptions(), default);
                },
                default,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));
            foreach (var request in signed)
            {
                await using var reply = await storage.RequestHandler.HandleAsync(new SignedHttpRequest(request.Method, request.Url.Query, new Dictionary<string, string>(StringComparer.Ordinal), Stream.Null));
                reply.StatusCode.ShouldBe(404);
            }
        }
    }

    private Task<SignedRequest> SignAsync(string key, SignOptions options) => _bucket.SignAsync(key, options, default);

    private async Task<HttpResponseMessage> SendAsync(SignedRequest signed) => await _http.SendAsync(new HttpRequestMessage(new HttpMethod(signed.Method), signed.Url));
}
