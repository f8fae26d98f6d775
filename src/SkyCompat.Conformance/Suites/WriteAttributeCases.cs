using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Content headers and checksums, on each way of writing.</summary>
internal static class WriteAttributeCases
{
    private static readonly ChecksumAlgorithm[] Algorithms = Enum.GetValues<ChecksumAlgorithm>();

    public static ConformanceSuite Suite { get; } = new("WriteAttributes",
    [
        .. WritePath.All.Select(path => new ConformanceCase($"write.type.default.{path.Name}", [43], "Without a type, the type is application/octet-stream; nothing is sniffed", (c, t) => DefaultType(c, path, t)) { Requires = path.Requires }),
        .. WritePath.All.Select(path => new ConformanceCase($"write.headers.{path.Name}", [44, 45], "Content headers are stored and told by look-up and read", (c, t) => Headers(c, path, t)) { Requires = path.Requires }),
        new("write.type.explicit", [44], "A type that is given beats the key's extension", ExplicitType),
        new("write.encoding.verbatim", [45], "Bytes with Content-Encoding gzip come back verbatim, whether they are gzip or not", EncodingVerbatim),
        .. BadHeaders.Select(bad => new ConformanceCase($"write.headers.invalid.{bad.Id}", bad.Numbers, "A header that cannot be carried is refused before any request", (c, t) => InvalidHeader(c, bad.Headers, t))),
        .. from algorithm in Algorithms
           from path in ChecksumPaths
           select new ConformanceCase($"write.checksum.{Name(algorithm)}.right.{path.Name}", [47], "A body that has the checksum asked for is written", (c, t) => RightChecksum(c, algorithm, path, t)) { Shows = BucketFeatures.UploadChecksum },
        .. from algorithm in Algorithms
           from path in ChecksumPaths
           select new ConformanceCase($"write.checksum.{Name(algorithm)}.wrong.{path.Name}", [46], "A body that has another checksum is refused; what was there stays", (c, t) => WrongChecksum(c, algorithm, path, t)),
        new("write.checksum.wrong.new-key", [46], "A body with a wrong checksum leaves no object on a new key", WrongChecksumOnNewKey),
    ]);

    private static (string Id, int[] Numbers, ContentHeaders Headers)[] BadHeaders =>
    [
        ("type-newline", [42], new ContentHeaders { ContentType = "text/plain\r\nx-evil: 1" }),
        ("type-control", [42], new ContentHeaders { ContentType = "text/\u0001plain" }),
        ("type-unicode", [42], new ContentHeaders { ContentType = "text/pl\u00e4in" }),
        ("type-empty", [42], new ContentHeaders { ContentType = "" }),
        ("cache-control", [], new ContentHeaders { CacheControl = "no\ncache" }),
        ("disposition", [], new ContentHeaders { ContentDisposition = "attachment; filename=\"\u20ac\"" }),
        ("encoding", [], new ContentHeaders { ContentEncoding = "gzip\0" }),
        ("language", [], new ContentHeaders { ContentLanguage = "de\r" }),
    ];

    private static WritePath[] ChecksumPaths => [WritePath.Put, WritePath.Stream, WritePath.StreamLarge, WritePath.WriterLarge];

    private static string Name(ChecksumAlgorithm algorithm) => algorithm.ToString().ToLowerInvariant();

    private static async Task DefaultType(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var key = context.Key("page.html");
        var bytes = path.Bytes(context);
        "<!doctype html><html>"u8.CopyTo(bytes);
        await path.WriteAsync(context, key, bytes, null, cancellationToken);
        Expect.Equal(ContentHeaders.Default, (await context.Bucket.GetInfoAsync(key, cancellationToken)).Headers, "the headers");
    }

    private static async Task Headers(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var bytes = path.Bytes(context);
        await path.WriteAsync(context, context.Key(), bytes, new PutOptions { Headers = Attributes.Headers }, cancellationToken);
        Expect.Equal(Attributes.Headers, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Headers, "the look-up's headers");
        await using var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
        Expect.Equal(Attributes.Headers, content.Info.Headers, "the read's headers");
        Expect.Bytes(bytes, await content.ReadBytesAsync(cancellationToken), "the body");
    }

    private static async Task ExplicitType(ConformanceContext context, CancellationToken cancellationToken)
    {
        var key = context.Key("page.html");
        await context.Bucket.PutAsync(key, ConformanceContext.Bytes(10), new PutOptions { Headers = new ContentHeaders { ContentType = "image/png" } }, cancellationToken);
        Expect.Equal("image/png", (await context.Bucket.GetInfoAsync(key, cancellationToken)).Headers.ContentType);
    }

    private static async Task EncodingVerbatim(ConformanceContext context, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(buffer, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[10_000], cancellationToken);
        }

        var options = new PutOptions { Headers = new ContentHeaders { ContentEncoding = "gzip", ContentType = "text/plain" } };
        foreach (var bytes in new[] { buffer.ToArray(), ConformanceContext.Bytes(1_000) })
        {
            await context.Bucket.PutAsync(context.Key(), bytes, options, cancellationToken);
            await using var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
            Expect.Equal("gzip", content.Info.Headers.ContentEncoding);
            Expect.Equal(bytes.Length, content.Info.Size);
            Expect.Bytes(bytes, await content.ReadBytesAsync(cancellationToken), "the body");
            var range = await context.Bucket.GetBytesAsync(context.Key(), new GetOptions { Range = ByteRange.Slice(5, 10) }, cancellationToken);
            Expect.Bytes(bytes.AsMemory(5, 10), range, "a range of the body");
        }
    }

    private static async Task InvalidHeader(ConformanceContext context, ContentHeaders headers, CancellationToken cancellationToken)
    {
        const CloudErrorCode Code = CloudErrorCode.InvalidArgument;
        const string Reason = ObjectStorageErrorReasons.InvalidMetadata;
        var (source, _, _) = await context.SeedAsync("source", 1, cancellationToken);
        var options = new PutOptions { Headers = headers };
        await Expect.FailsAsync(Code, Reason, () => context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), options, cancellationToken), "PutAsync");
        await Expect.FailsAsync(
            Code, Reason, () => context.Bucket.CopyAsync(source, context.Key(), new CopyOptions { Attributes = new ObjectAttributes { Headers = headers } }, cancellationToken), "CopyAsync");
        await Expect.FailsAsync(Code, Reason, () => WritePath.Writer.WriteAsync(context, context.Key(), ConformanceContext.Bytes(10), options, cancellationToken), "OpenWrite");
        Expect.True(!await context.Bucket.ExistsAsync(context.Key(), cancellationToken), "nothing was written");
    }

    private static async Task RightChecksum(ConformanceContext context, ChecksumAlgorithm algorithm, WritePath path, CancellationToken cancellationToken)
    {
        var bytes = path.Bytes(context);
        var options = new PutOptions { Checksum = TestBytes.Compute(algorithm, bytes) };
        var result = await path.WriteAsync(context, context.Key(), bytes, options, cancellationToken);
        Expect.Equal(TestBytes.Crc32C(bytes), result.Checksum);
        Expect.Equal(bytes.Length, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Size, "the size");
    }

    private static async Task WrongChecksum(ConformanceContext context, ChecksumAlgorithm algorithm, WritePath path, CancellationToken cancellationToken)
    {
        var (key, old, _) = await context.SeedAsync("object", 1, cancellationToken);
        var bytes = path.Bytes(context, 2);
        var options = new PutOptions { Checksum = TestBytes.Compute(algorithm, "other bytes"u8) };
        await Expect.FailsAsync(
            CloudErrorCode.DataCorrupted, ObjectStorageErrorReasons.ChecksumMismatch, () => path.WriteAsync(context, key, bytes, options, cancellationToken), "the write");
        Expect.Bytes(old, await context.Bucket.GetBytesAsync(key, null, cancellationToken), "what was there");
    }

    private static async Task WrongChecksumOnNewKey(ConformanceContext context, CancellationToken cancellationToken)
    {
        foreach (var path in new[] { WritePath.Put, WritePath.PutLarge, WritePath.Writer, WritePath.WriterLarge })
        {
            var key = context.Key(path.Name);
            var options = new PutOptions { Checksum = TestBytes.Crc32C("other bytes"u8) };
            await Expect.FailsAsync(
                CloudErrorCode.DataCorrupted,
                ObjectStorageErrorReasons.ChecksumMismatch,
                () => path.WriteAsync(context, key, path.Bytes(context), options, cancellationToken),
                path.Name);
            Expect.True(!await context.Bucket.ExistsAsync(key, cancellationToken), $"nothing was written by {path.Name}");
        }
    }
}
