using System.Collections.ObjectModel;
using System.Net;
using System.Net.Http.Headers;
using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Signed requests, sent by a bare HTTP client.</summary>
internal static class SignCases
{
    public static ConformanceSuite Suite { get; } = new("Sign",
    [
        Case("sign.get", [134], "A signed GET reads the object", BucketFeatures.SignGet, Get),
        Case("sign.get.range", [134], "A signed GET takes a Range header", BucketFeatures.SignGet, GetRange),
        Case("sign.get.missing", [134], "A signed GET of a missing key is 404", BucketFeatures.SignGet, GetMissing),
        Case("sign.get.unsigned", [134], "The same URL without its signature is refused", BucketFeatures.SignGet, Unsigned),
        Case("sign.get.tampered", [134], "A URL of which the signature or key was changed is refused", BucketFeatures.SignGet, Tampered),
        Case("sign.get.cannot-put", [138], "A signed GET cannot write", BucketFeatures.SignGet, GetCannotPut),
        Case("sign.head", [136], "A signed HEAD tells the headers", BucketFeatures.SignGet, Head),
        Case("sign.put", [135], "A signed PUT without a type writes the object", BucketFeatures.SignPut, Put),
        Case("sign.put.type", [135], "A signed PUT with a type names it among the required headers, and stores it", BucketFeatures.SignPut, PutType),
        Case("sign.put.wrong-type", [135], "A signed PUT with a type refuses another type", BucketFeatures.SignPut, PutWrongType),
        Case("sign.put.cannot-get", [138], "A signed PUT cannot read", BucketFeatures.SignPut, PutCannotGet),
        Case("sign.delete", [136], "A signed DELETE deletes", BucketFeatures.SignDelete, Delete),
        Case("sign.response-headers", [139], "A signed GET overrides the headers of its reply", BucketFeatures.SignedResponseHeaders | BucketFeatures.SignGet, ResponseHeaders),
        Case("sign.expired", [137], "An expired URL is refused", BucketFeatures.SignGet, Expired),
        Case("sign.expires-at", [137], "The expiry is told, and is not later than asked for", BucketFeatures.SignGet, ExpiresAt),
        Case("sign.lifetime.longest", [137], "The longest lifetime works", BucketFeatures.SignGet, Longest),
        .. Lifetimes.Select(lifetime => Case($"sign.lifetime.{lifetime.Id}", [137], "A lifetime out of range is refused before any request", BucketFeatures.SignGet, (c, t) => OutOfRange(c, lifetime.Of(c), t))),
        Case("sign.text", [], "The text form shows no signature", BucketFeatures.SignGet, Text),
    ]);

    private static (string Id, Func<ConformanceContext, TimeSpan> Of)[] Lifetimes =>
    [
        ("zero", _ => TimeSpan.Zero),
        ("negative", _ => TimeSpan.FromMinutes(-1)),
        ("under-a-second", _ => TimeSpan.FromMilliseconds(999)),
        ("too-long", context => context.Capabilities.MaxSignedLifetime + TimeSpan.FromSeconds(1)),
    ];

    private static ConformanceCase Case(string id, int[] numbers, string title, BucketFeatures requires, Func<ConformanceContext, CancellationToken, Task> body) =>
        new(id, numbers, title, body) { Requires = requires, WhenUnsupported = Unsupported };

    private static async Task Unsupported(ConformanceContext context, CancellationToken cancellationToken)
    {
        (BucketFeatures Feature, SignOptions Options)[] wishes =
        [
            (BucketFeatures.SignGet, new SignOptions()),
            (BucketFeatures.SignGet, new SignOptions { Method = SignedMethod.Head }),
            (BucketFeatures.SignPut, new SignOptions { Method = SignedMethod.Put }),
            (BucketFeatures.SignDelete, new SignOptions { Method = SignedMethod.Delete }),
            (BucketFeatures.SignedResponseHeaders, new SignOptions { ResponseHeaders = Attributes.Headers }),
        ];
        foreach (var (feature, options) in wishes.Where(wish => !context.Capabilities.Supports(wish.Feature)))
        {
            await Expect.FailsAsync(CloudErrorCode.Unsupported, null, () => context.Bucket.SignAsync(context.Key(), options, cancellationToken), $"signing without {feature}");
        }
    }

    private static async Task Get(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (signed, bytes) = await SignGetAsync(context, cancellationToken);
        Expect.Equal("GET", signed.Method);
        await ExpectReadAsync(context, signed, bytes, cancellationToken);
        await ExpectReadAsync(context, signed, bytes, cancellationToken);
    }

    private static async Task GetRange(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (signed, bytes) = await SignGetAsync(context, cancellationToken);
        var headers = new Dictionary<string, string>(signed.RequiredHeaders, StringComparer.OrdinalIgnoreCase) { ["Range"] = "bytes=10-19" };
        using var reply = await BareClient.SendAsync(context.Harness, signed.Method, signed.Url, headers, null, cancellationToken);
        Expect.Equal(HttpStatusCode.PartialContent, reply.StatusCode);
        Expect.Bytes(bytes.AsMemory(10, 10), await reply.Content.ReadAsByteArrayAsync(cancellationToken), "the body of the reply");
    }

    private static async Task GetMissing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var signed = await context.Bucket.SignAsync(context.Key("not-there"), null, cancellationToken);
        using var reply = await BareClient.SendAsync(context.Harness, signed, null, cancellationToken);
        Expect.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    private static async Task Unsigned(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (signed, _) = await SignGetAsync(context, cancellationToken);
        var bare = new UriBuilder(signed.Url) { Query = "" }.Uri;
        using var reply = await BareClient.SendAsync(context.Harness, signed.Method, bare, ReadOnlyDictionary<string, string>.Empty, null, cancellationToken);
        ExpectRefused(reply, "without its signature");
    }

    private static async Task Tampered(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (signed, _) = await SignGetAsync(context, cancellationToken);
        await context.SeedAsync("objecu", 2, cancellationToken);
        var otherKey = new Uri(signed.Url.OriginalString.Replace("object", "objecu", StringComparison.Ordinal));
        Expect.NotEqual(signed.Url, otherKey, "the URL of another key");
        using var reply = await BareClient.SendAsync(context.Harness, signed.Method, otherKey, signed.RequiredHeaders, null, cancellationToken);
        ExpectRefused(reply, "with another key");

        var url = signed.Url.OriginalString;
        var start = url.IndexOf("Signature=", StringComparison.OrdinalIgnoreCase);
        var place = start < 0 ? url.Length - 1 : url.AsSpan(start).IndexOfAnyInRange('0', '9') + start;
        var otherSignature = new Uri($"{url[..place]}{(url[place] == '1' ? '2' : '1')}{url[(place + 1)..]}");
        using var second = await BareClient.SendAsync(context.Harness, signed.Method, otherSignature, signed.RequiredHeaders, null, cancellationToken);
        ExpectRefused(second, "with another signature");
    }

    private static async Task GetCannotPut(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (signed, bytes) = await SignGetAsync(context, cancellationToken);
        using var put = await BareClient.SendAsync(context.Harness, "PUT", signed.Url, signed.RequiredHeaders, ConformanceContext.Bytes(10, 9), cancellationToken);
        ExpectRefused(put, "as a PUT");
        using var delete = await BareClient.SendAsync(context.Harness, "DELETE", signed.Url, signed.RequiredHeaders, null, cancellationToken);
        ExpectRefused(delete, "as a DELETE");
        await context.ExpectBytesAsync(context.Key(), bytes, "the body", cancellationToken);
    }

    private static async Task Head(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        var signed = await context.Bucket.SignAsync(key, new SignOptions { Method = SignedMethod.Head }, cancellationToken);
        Expect.Equal("HEAD", signed.Method);
        using var reply = await BareClient.SendAsync(context.Harness, signed, null, cancellationToken);
        Expect.Equal(HttpStatusCode.OK, reply.StatusCode);
        Expect.Equal(bytes.Length, reply.Content.Headers.ContentLength, "the Content-Length of the reply");
    }

    private static async Task Put(ConformanceContext context, CancellationToken cancellationToken)
    {
        var signed = await context.Bucket.SignAsync(context.Key(), new SignOptions { Method = SignedMethod.Put }, cancellationToken);
        Expect.Equal("PUT", signed.Method);
        var bytes = ConformanceContext.Bytes(1_000);
        using var reply = await BareClient.SendAsync(context.Harness, signed, bytes, cancellationToken);
        Expect.True(reply.IsSuccessStatusCode, $"the status of the reply is a success, not {(int)reply.StatusCode}");
        await context.ExpectBytesAsync(context.Key(), bytes, "the body", cancellationToken);
    }

    private static async Task PutType(ConformanceContext context, CancellationToken cancellationToken)
    {
        var signed = await context.Bucket.SignAsync(context.Key(), new SignOptions { Method = SignedMethod.Put, ContentType = "image/png" }, cancellationToken);
        Expect.True(
            signed.RequiredHeaders.Any(header => header.Key.Contains("content-type", StringComparison.OrdinalIgnoreCase) && string.Equals(header.Value, "image/png", StringComparison.Ordinal)),
            "the required headers name the type");
        using var reply = await BareClient.SendAsync(context.Harness, signed, ConformanceContext.Bytes(10), cancellationToken);
        Expect.True(reply.IsSuccessStatusCode, $"the status of the reply is a success, not {(int)reply.StatusCode}");
        Expect.Equal("image/png", (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Headers.ContentType);
    }

    private static async Task PutWrongType(ConformanceContext context, CancellationToken cancellationToken)
    {
        var signed = await context.Bucket.SignAsync(context.Key(), new SignOptions { Method = SignedMethod.Put, ContentType = "image/png" }, cancellationToken);
        var headers = signed.RequiredHeaders.ToDictionary(
            header => header.Key, header => string.Equals(header.Value, "image/png", StringComparison.Ordinal) ? "text/html" : header.Value, StringComparer.OrdinalIgnoreCase);
        using var reply = await BareClient.SendAsync(context.Harness, signed.Method, signed.Url, headers, ConformanceContext.Bytes(10), cancellationToken);
        ExpectRefused(reply, "with another type");
        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
    }

    private static async Task PutCannotGet(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, _) = await context.SeedAsync("object", 1, cancellationToken);
        var signed = await context.Bucket.SignAsync(key, new SignOptions { Method = SignedMethod.Put }, cancellationToken);
        using var reply = await BareClient.SendAsync(context.Harness, "GET", signed.Url, signed.RequiredHeaders, null, cancellationToken);
        ExpectRefused(reply, "as a GET");
    }

    private static async Task Delete(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, _) = await context.SeedAsync("object", 1, cancellationToken);
        var signed = await context.Bucket.SignAsync(key, new SignOptions { Method = SignedMethod.Delete }, cancellationToken);
        Expect.Equal("DELETE", signed.Method);
        using var reply = await BareClient.SendAsync(context.Harness, signed, null, cancellationToken);
        Expect.True(reply.IsSuccessStatusCode, $"the status of the reply is a success, not {(int)reply.StatusCode}");
        await context.ExpectAbsentAsync(key, cancellationToken);
    }

    private static async Task ResponseHeaders(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, _) = await context.SeedAsync("object", 1, cancellationToken);
        var wanted = new ContentHeaders
        {
            ContentType = "text/csv",
            CacheControl = "no-store",
            ContentDisposition = "attachment; filename=\"a b.csv\"",
            ContentEncoding = "identity",
            ContentLanguage = "de",
        };
        var signed = await context.Bucket.SignAsync(key, new SignOptions { ResponseHeaders = wanted }, cancellationToken);
        using var reply = await BareClient.SendAsync(context.Harness, signed, null, cancellationToken);
        Expect.Equal(HttpStatusCode.OK, reply.StatusCode);
        Expect.Equal(wanted.ContentType, Single(reply.Content.Headers, "Content-Type"), "Content-Type");
        Expect.Equal(wanted.CacheControl, Single(reply.Headers, "Cache-Control"), "Cache-Control");
        Expect.Equal(wanted.ContentDisposition, Single(reply.Content.Headers, "Content-Disposition"), "Content-Disposition");
        Expect.Equal(wanted.ContentEncoding, Single(reply.Content.Headers, "Content-Encoding"), "Content-Encoding");
        Expect.Equal(wanted.ContentLanguage, Single(reply.Content.Headers, "Content-Language"), "Content-Language");

        static string? Single(HttpHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
    }

    private static async Task Expired(ConformanceContext context, CancellationToken cancellationToken)
    {
        var late = context.Harness.BackdatedStorage;
        ConformanceContext.SkipIf(late is null, "The harness has no storage with a late clock.");
        var (key, _, _) = await context.SeedAsync("object", 1, cancellationToken);
        var signed = await late.GetBucket(context.Bucket.Name).SignAsync(key, new SignOptions { Lifetime = TimeSpan.FromMinutes(10) }, cancellationToken);
        Expect.True(signed.ExpiresAt < TimeProvider.System.GetUtcNow(), "it is expired");
        using var reply = await BareClient.SendAsync(context.Harness, signed, null, cancellationToken);
        ExpectRefused(reply, "after its expiry");
    }

    private static async Task ExpiresAt(ConformanceContext context, CancellationToken cancellationToken)
    {
        var lifetime = TimeSpan.FromMinutes(20);
        var signed = await context.Bucket.SignAsync(context.Key(), new SignOptions { Lifetime = lifetime }, cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        // Signatures count in whole seconds, so the last one may be rounded up.
        Expect.True(signed.ExpiresAt > now && signed.ExpiresAt <= now + lifetime + TimeSpan.FromSeconds(1), $"{signed.ExpiresAt:O} is within {lifetime} of {now:O}");
        Expect.Equal(TimeSpan.Zero, signed.ExpiresAt.Offset);
    }

    private static async Task Longest(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        var signed = await context.Bucket.SignAsync(key, new SignOptions { Lifetime = context.Capabilities.MaxSignedLifetime }, cancellationToken);
        await ExpectReadAsync(context, signed, bytes, cancellationToken);
    }

    private static Task<CloudException> OutOfRange(ConformanceContext context, TimeSpan lifetime, CancellationToken cancellationToken) => Expect.FailsAsync(
        CloudErrorCode.InvalidArgument, null, () => context.Bucket.SignAsync(context.Key(), new SignOptions { Lifetime = lifetime }, cancellationToken), $"a lifetime of {lifetime}");

    private static async Task Text(ConformanceContext context, CancellationToken cancellationToken)
    {
        var signed = await context.Bucket.SignAsync(context.Key(), null, cancellationToken);
        var text = signed.ToString();
        Expect.True(!text.Contains('?', StringComparison.Ordinal) && signed.Url.Query.Length > 1, $"'{text}' has no query");
    }

    private static async Task<(SignedRequest Signed, byte[] Bytes)> SignGetAsync(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        return (await context.Bucket.SignAsync(key, null, cancellationToken), bytes);
    }

    private static async Task ExpectReadAsync(ConformanceContext context, SignedRequest signed, byte[] bytes, CancellationToken cancellationToken)
    {
        using var reply = await BareClient.SendAsync(context.Harness, signed, null, cancellationToken);
        Expect.Equal(HttpStatusCode.OK, reply.StatusCode);
        Expect.Bytes(bytes, await reply.Content.ReadAsByteArrayAsync(cancellationToken), "the body of the reply");
    }

    private static void ExpectRefused(HttpResponseMessage reply, string what) =>
        Expect.True((int)reply.StatusCode is >= 400 and < 500, $"the request {what} is refused, not answered with {(int)reply.StatusCode}");
}
