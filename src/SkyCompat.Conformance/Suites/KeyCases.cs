using System.Text;
using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Keys are verbatim: any text is a key of its own, through every operation, or is refused before any request.</summary>
internal static class KeyCases
{
    public static ConformanceSuite Suite { get; } = new("Keys",
    [
        .. Odd.Select(key => new ConformanceCase($"keys.odd.{key.Id}", [.. key.Numbers, 131], "An odd key is written, looked up, read, listed, copied and deleted as it is", (c, t) => RoundTrip(c, key.Text, t)) { Requires = key.Requires }),
        .. Odd.Select(key => new ConformanceCase($"keys.sign.{key.Id}", key.Numbers, "A signed request reads the object of an odd key", (c, t) => Sign(c, key.Text, t)) { Requires = key.Requires | BucketFeatures.SignGet }),
        .. Odd.Where(key => key.Id is "percent-2f" or "plus" or "emoji" or "reserved" or "space-inside").Select(key => new ConformanceCase($"keys.multipart.{key.Id}", key.Numbers, "An odd key is uploaded in parts", (c, t) => Multipart(c, key.Text, t)) { Requires = BucketFeatures.Multipart }),
        .. Distinct.Select(pair => new ConformanceCase($"keys.distinct.{pair.Id}", pair.Numbers, "Keys that look alike are keys of their own", (c, t) => AreDistinct(c, pair.Keys, t)) { Requires = pair.Requires }),
        .. Calls.Select(call => new ConformanceCase($"keys.null.{call.Id}", [41], "A null key is an argument error", (c, t) => Expect.ThrowsAsync<ArgumentNullException>(() => call.Run(c, null!, t), "the call"))),
        .. from key in Malformed
           from call in Calls
           select new ConformanceCase($"keys.bad.{key.Id}.{call.Id}", key.Numbers, "A malformed key is refused before any request", (c, t) => RefuseMalformed(c, key.Text(c), call.Run, t)),
        .. new[] { "ascii", "two-byte", "three-byte", "four-byte" }.Select(kind => new ConformanceCase($"keys.longest.{kind}", [98], "A key of just the largest number of UTF-8 bytes is a key", (c, t) => Longest(c, kind, t))),
    ]);

    /// <summary>Keys that are well-formed. Each is used by one case only, without the run's prefix, so that its first character counts.</summary>
    private static (string Id, int[] Numbers, string Text, BucketFeatures Requires)[] Odd =>
    [
        Key("double-slash", 90, "a//b///c"),
        Key("leading-slash", 90, "/a/b"),
        Key("only-slashes", 90, "///", BucketFeatures.TrailingSlashKey),
        Key("dot-segments", 91, "../a/../b.."),
        Key("dot-inside", 91, "a/./b"),
        Key("dot-start", 91, "./a"),
        Key("dot-end", 91, "a/b/.."),
        Key("only-dot", 91, "."),
        Key("only-dots", 91, ".."),
        Key("backslash", 92, "a\\b\\\\c"),
        .. Enumerable.Range(0, 8).Select(group => Key($"ascii-{group}", 93, $"ascii{group}-{string.Concat(Enumerable.Range(group * 16, 16).Select(c => (char)c))}-end")),
        Key("percent-20", 94, "a%20b"),
        Key("percent", 94, "%"),
        Key("percent-percent", 94, "%%"),
        Key("space-percent-20", 94, " %20"),
        Key("percent-2f", 94, "a%2Fb"),
        Key("percent-48", 94, "%48%45"),
        Key("percent-25", 94, "%25%32%35"),
        Key("percent-broken", 94, "a%zz%4"),
        Key("plus", 95, "a+b + c"),
        Key("ampersand", 95, "a&b&amp;c"),
        Key("hash", 95, "a#b"),
        Key("question", 95, "a?b=c&d"),
        Key("equals", 95, "a=b"),
        Key("tilde", 95, "~a~"),
        Key("reserved", 95, "!@$^()[]{};:,'\"<>|`*"),
        Key("leading-space", 96, "  a"),
        Key("trailing-space", 96, "a  "),
        Key("space-inside", 96, "a b  c"),
        Key("trailing-dot", 96, "a."),
        Key("trailing-dot-segment", 96, "a./b."),
        Key("trailing-slash", 96, "a/b/", BucketFeatures.TrailingSlashKey),
        Key("emoji", 97, "\U0001F30D/\U0001F468\u200D\U0001F469.txt"),
        Key("combining", 97, "e\u0301/n\u0303"),
        Key("cjk", 97, "\u4e16\u754c/\u6587\u4ef6.txt"),
        Key("right-to-left", 97, "\u05e9\u05dc\u05d5\u05dd/\u202e.txt"),
        Key("byte-order-mark", 97, "\ufeffa"),
        Key("noncharacter", 97, "a\uffff\ufffeb"),
        Key("private-use", 97, "\ue000\U0010FFFD"),
        Key("line-separator", 97, "a\u2028b\u0085c"),
        Key("windows-names", 101, "CON/aux.txt/NUL"),
        Key("windows-characters", 101, "a:b/c*d/e|f.txt "),
        Key("attributes-suffix", 103, "a.attrs"),
        Key("meta-suffix", 103, "a.meta.json"),
        Key("part-suffix", 103, "a.part"),
        Key("dot-file", 103, ".skycompat/a"),
        Key("url", 95, "https://user:password@host/path?query#fragment"),
    ];

    private static (string Id, int[] Numbers, string[] Keys, BucketFeatures Requires)[] Distinct =>
    [
        Pair("normalization", 97, "\u00e9", "e\u0301"),
        Pair("case", 100, "a", "A", "\u00e9", "\u00c9"),
        Pair("prefix", 99, "a", "a/b", "a/b/c"),
        Pair("trailing-slash", 96, BucketFeatures.TrailingSlashKey, "a", "a/", "a/b"),
        Pair("slashes", 90, "a/b", "a//b", "a/./b"),
        Pair("encoding", 94, "a%2Fb", "a/b", "a%252Fb"),
        Pair("plus", 95, "a+b", "a b", "a%20b", "a%2Bb"),
        Pair("spaces", 96, "x", "x ", " x"),
        Pair("dots", 96, "x", "x.", "x.."),
        Pair("width", 97, "a", "\uff41"),
        Pair("zero-width", 97, "ab", "a\u200bb"),
    ];

    private static (string Id, int[] Numbers, Func<ConformanceContext, string> Text)[] Malformed =>
    [
        ("empty", [41], _ => ""),
        ("too-long", [98], context => new string('a', context.Capabilities.MaxKeyBytes + 1)),
        ("too-long-unicode", [98], context => new string('\u4e16', (context.Capabilities.MaxKeyBytes / 3) + 1)),
        ("lone-high-surrogate", [84], _ => "a\uD83Cb"),
        ("lone-low-surrogate", [84], _ => "a\uDF0D"),
    ];

    private static (string Id, Func<ConformanceContext, string, CancellationToken, Task> Run)[] Calls =>
    [
        ("info", (context, key, token) => context.Bucket.TryGetInfoAsync(key, null, token)),
        ("get", (context, key, token) => context.Bucket.GetAsync(key, null, token)),
        ("put", (context, key, token) => context.Bucket.PutAsync(key, ConformanceContext.Bytes(1), null, token)),
        ("open-write", (context, key, _) => Task.FromResult(context.Bucket.OpenWrite(key))),
        ("delete", (context, key, token) => context.Bucket.DeleteAsync(key, null, token)),
        ("copy-to", async (context, key, token) => await context.Bucket.CopyAsync((await context.SeedAsync("source", 1, token)).Key, key, null, token)),
        ("copy-from", (context, key, token) => context.Bucket.CopyAsync(key, context.Key("copy"), null, token)),
        ("sign", SignOrThrow),
    ];

    private static (string Id, int[] Numbers, string Text, BucketFeatures Requires) Key(string id, int number, string text, BucketFeatures requires = BucketFeatures.None) => (id, [number], text, requires);

    private static (string Id, int[] Numbers, string[] Keys, BucketFeatures Requires) Pair(string id, int number, params string[] keys) => (id, [number], keys, BucketFeatures.None);

    private static (string Id, int[] Numbers, string[] Keys, BucketFeatures Requires) Pair(string id, int number, BucketFeatures requires, params string[] keys) => (id, [number], keys, requires);

    private static Task<SignedRequest> SignOrThrow(ConformanceContext context, string key, CancellationToken cancellationToken)
    {
        ConformanceContext.SkipIf(!context.Capabilities.Supports(BucketFeatures.SignGet), "The bucket lacks SignGet.");
        return context.Bucket.SignAsync(key, null, cancellationToken);
    }

    private static async Task RoundTrip(ConformanceContext context, string key, CancellationToken cancellationToken)
    {
        var bucket = context.Bucket;
        var bytes = ConformanceContext.Bytes(100 + key.Length);
        await PutOrSkipAsync(context, key, bytes, cancellationToken);
        var info = Expect.NotNull(await bucket.TryGetInfoAsync(key, null, cancellationToken), "the look-up");
        Expect.Equal(key, info.Key, "the look-up's key");
        Expect.Equal(bytes.Length, info.Size);
        await using (var content = await bucket.GetAsync(key, null, cancellationToken))
        {
            Expect.Equal(key, content.Info.Key, "the read's key");
            Expect.Bytes(bytes, await content.ReadBytesAsync(cancellationToken), "the body");
        }

        Expect.True(await IsListedAsync(bucket, key, cancellationToken), "the list holds the key");
        await bucket.CopyAsync(key, context.Key("copy"), null, cancellationToken);
        await context.ExpectBytesAsync(context.Key("copy"), bytes, "the copy", cancellationToken);
        var results = await bucket.DeleteManyAsync(Sequences.Async(key), cancellationToken).ToListAsync(cancellationToken);
        Expect.Equal(key, results.Single().Key, "the bulk delete's key");
        Expect.NotEqual(DeleteOutcome.Failed, results[0].Outcome, $"the bulk delete's outcome ({results[0].Error?.Message})");
        Expect.True(!await bucket.ExistsAsync(key, cancellationToken), "the object is gone after a bulk delete");
        await bucket.CopyAsync(context.Key("copy"), key, null, cancellationToken);
        await context.ExpectBytesAsync(key, bytes, "the copy back", cancellationToken);
        Expect.Equal(key, (await bucket.DeleteAsync(key, null, cancellationToken)).Key, "the delete's key");
        Expect.True(!await bucket.ExistsAsync(key, cancellationToken), "the object is gone after a delete");
        Expect.True(!await IsListedAsync(bucket, key, cancellationToken), "the list no longer holds the key");
    }

    private static async Task Sign(ConformanceContext context, string key, CancellationToken cancellationToken)
    {
        // Another key of the same kind, because the round trip deletes its own.
        key += "-signed";
        var bytes = ConformanceContext.Bytes(100 + key.Length);
        await PutOrSkipAsync(context, key, bytes, cancellationToken);
        var signed = await context.Bucket.SignAsync(key, null, cancellationToken);
        using var reply = await BareClient.SendAsync(context.Harness, signed, null, cancellationToken);
        Expect.Equal(200, (int)reply.StatusCode, "the status of the reply");
        Expect.Bytes(bytes, await reply.Content.ReadAsByteArrayAsync(cancellationToken), "the body of the reply");
    }

    private static async Task Multipart(ConformanceContext context, string key, CancellationToken cancellationToken)
    {
        key += "-parts";
        var bytes = ConformanceContext.Bytes(1_000);
        await WritePath.Multipart.WriteAsync(context, key, bytes, null, cancellationToken);
        await context.ExpectBytesAsync(key, bytes, "the body", cancellationToken);
        Expect.Equal(key, (await context.Bucket.GetInfoAsync(key, cancellationToken)).Key, "the look-up's key");
    }

    private static async Task AreDistinct(ConformanceContext context, string[] names, CancellationToken cancellationToken)
    {
        for (var i = 0; i < names.Length; i++)
        {
            await PutOrSkipAsync(context, context.Key(names[i]), ConformanceContext.Bytes(100, i), cancellationToken);
        }

        for (var i = 0; i < names.Length; i++)
        {
            await context.ExpectBytesAsync(context.Key(names[i]), ConformanceContext.Bytes(100, i), $"the body of key {i}", cancellationToken);
        }

        var listed = await context.ListKeysAsync(cancellationToken);
        Expect.Sequence(names.Select(context.Key).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal), "the list");
        await context.Bucket.DeleteAsync(context.Key(names[0]), null, cancellationToken);
        Expect.Equal(names.Length - 1, (await context.ListKeysAsync(cancellationToken)).Count, "the number of keys after one was deleted");
    }

    private static async Task RefuseMalformed(ConformanceContext context, string key, Func<ConformanceContext, string, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        var error = await Expect.FailsAsync(CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidKey, () => call(context, key, cancellationToken), "the call");
        Expect.Null(error.StatusCode, "the status of a reply (there must be no request)");
    }

    private static async Task Longest(ConformanceContext context, string kind, CancellationToken cancellationToken)
    {
        var (unit, bytes) = kind switch
        {
            "ascii" => ("a", 1),
            "two-byte" => ("\u00e9", 2),
            "three-byte" => ("\u4e16", 3),
            _ => ("\U0001F30D", 4),
        };

        // Segments of a hundred characters or so, as keys have them; a distinct start keeps the kinds apart.
        var text = new StringBuilder(kind).Append('/');
        var left = context.Capabilities.MaxKeyBytes - text.Length;
        ConformanceContext.SkipIf(left > 100_000, "The bucket has no limit of keys to speak of.");
        for (var i = 1; left >= bytes; i++)
        {
            var slash = i % 60 == 0;
            text.Append(slash ? "/" : unit);
            left -= slash ? 1 : bytes;
        }

        text.Append('z', left);
        var key = text.ToString();
        Expect.Equal(context.Capabilities.MaxKeyBytes, Encoding.UTF8.GetByteCount(key), "the bytes of the key");
        var body = ConformanceContext.Bytes(10);
        await context.Bucket.PutAsync(key, body, null, cancellationToken);
        await context.ExpectBytesAsync(key, body, "the body", cancellationToken);
        Expect.True(await IsListedAsync(context.Bucket, key, cancellationToken), "the list holds the key");
        await context.Bucket.DeleteAsync(key, null, cancellationToken);
    }

    /// <summary>Where the store refuses the key, the case is skipped.</summary>
    private static async Task PutOrSkipAsync(ConformanceContext context, string key, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await context.Bucket.PutAsync(key, bytes, null, cancellationToken);
        }
        catch (CloudException exception) when (KeyRefusal.Explains(exception))
        {
            throw new ConformanceSkipException($"The store cannot carry this key, and refuses it before any request: {exception.Message}", exception);
        }
    }

    private static async Task<bool> IsListedAsync(IBucket bucket, string key, CancellationToken cancellationToken) =>
        await bucket.ListAsync(new ListOptions { Prefix = key }, cancellationToken).AnyAsync(entry => string.Equals(entry.Key, key, StringComparison.Ordinal), cancellationToken);
}
