using System.Buffers;
using System.IO.Pipelines;
using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Writing: bodies of every kind and size, what goes wrong on the way, and what the result tells.</summary>
internal static class WriteCases
{
    private const int MiB = 1 << 20;

    public static ConformanceSuite Suite { get; } = new("Write",
    [
        new("write.empty", [38], "An empty object is written and read", Empty),
        new("write.overwrite", [40], "A write replaces bytes, type, headers and all metadata; nothing is merged", Overwrite),
        new("write.overwrite.shorter", [40], "A shorter object leaves nothing of a longer one", OverwriteShorter),
        .. BodyKinds.Select(kind => new ConformanceCase($"write.body.{kind.Id}", kind.Numbers, "A body of any kind is written in order", (c, t) => Body(c, kind.Make, t))),
        .. StreamSizes.Select(size => new ConformanceCase($"write.stream.{size.Id}", [48], "A stream of unknown length and any size is written whole", (c, t) => Stream(c, size.Size, t))),
        new("write.stream.position", [49], "A stream that can seek is written from where it stands", StreamPosition),
        new("write.stream.left-open", [], "A stream is left open", StreamLeftOpen),
        new("write.stream.tiny-reads", [], "A stream that gives few bytes a read is written whole", TinyReads),
        new("write.memory.reused", [], "A body in memory is written twice", ReusedBody),
        .. WritePath.All.Select(path => new ConformanceCase($"write.result.{path.Name}", [56], "The result tells tag, size and, for a put, the CRC-32C of the bytes", (c, t) => Result(c, path, t)) { Requires = path.Requires }),
        .. WritePath.All.Select(path => new ConformanceCase($"write.visible.{path.Name}", [57], "When a write returns, look-up, read and list show it", (c, t) => Visible(c, path, t)) { Requires = path.Requires }),
        .. new[] { false, true }.SelectMany(large => FailingCases(large ? "large" : "small", large)),
        .. WritePath.All.Where(path => path.Requires == BucketFeatures.None).Select(path => new ConformanceCase($"write.progress.{path.Name}", [], "Progress rises to the number of bytes", (c, t) => Progress(c, path, t))),
        new("write.null-body", [], "A null body is an argument error", NullBody),
        new("write.concurrency.range", [], "A concurrency out of range is an argument error", ConcurrencyOutOfRange),
        new("write.part-size.small", [68], "A part size below the provider's smallest is raised, not refused", SmallPartSize),
        new("write.size-hint.wrong", [], "A size hint that is wrong does no harm", WrongSizeHint),
    ]);

    private static (string Id, int[] Numbers, Func<byte[], ObjectBody> Make)[] BodyKinds =>
    [
        ("bytes", [], bytes => bytes),
        ("memory", [], bytes => (ReadOnlyMemory<byte>)bytes),
        ("sequence", [55], bytes => Split(bytes)),
        ("stream", [], bytes => new MemoryStream(bytes)),
        ("unseekable", [48], bytes => new UnseekableStream(bytes)),
        ("pipe", [48], bytes => PipeReader.Create(new UnseekableStream(bytes))),
        ("pipe-of-sequence", [55], bytes => PipeReader.Create(Split(bytes))),
    ];

    private static (string Id, Func<BucketCapabilities, int> Size)[] StreamSizes =>
    [
        ("0", _ => 0),
        ("1", _ => 1),
        ("part-1", capabilities => PartBytes(capabilities) - 1),
        ("part", PartBytes),
        ("part+1", capabilities => PartBytes(capabilities) + 1),
        ("3-parts+7", capabilities => (3 * PartBytes(capabilities)) + 7),
        ("16m", _ => 16 * MiB),
        ("16m+1", _ => (16 * MiB) + 1),
    ];

    private static IEnumerable<ConformanceCase> FailingCases(string id, bool large) =>
    [
        new($"write.producer-fails.{id}", [53], "A stream that fails fails the write; what was there stays", (c, t) => ProducerFails(c, large, t)),
        new($"write.cancel.{id}", [52], "A write that is cancelled midway leaves what was there", (c, t) => Cancel(c, large, t)),
        new($"write.too-short.{id}", [], "A stream that yields fewer bytes than it says is refused; what was there stays", (c, t) => Lies(c, large, -1, t)),
        new($"write.too-long.{id}", [], "A stream that yields more bytes than it says is refused; what was there stays", (c, t) => Lies(c, large, +1, t)),
    ];

    private static async Task Empty(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key(), ObjectBody.Empty, null, cancellationToken);
        Expect.Equal(0, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Size, "the size");
        Expect.Equal(0, (await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken)).Length, "the length of the body");
    }

    private static async Task Overwrite(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(100, 1), Attributes.Put(context), cancellationToken);
        var bytes = ConformanceContext.Bytes(50, 2);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["gamma"] = "three" };
        await context.Bucket.PutAsync(context.Key(), bytes, new PutOptions { Metadata = metadata }, cancellationToken);
        await using var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
        Expect.Equal(ContentHeaders.Default, content.Info.Headers, "the headers");
        Expect.Map(metadata, content.Info.Metadata, "the metadata");
        Expect.Bytes(bytes, await content.ReadBytesAsync(cancellationToken), "the body");
    }

    private static async Task OverwriteShorter(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(100_000, 1), null, cancellationToken);
        var bytes = ConformanceContext.Bytes(3, 2);
        await context.Bucket.PutAsync(context.Key(), bytes, null, cancellationToken);
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body");
    }

    private static async Task Body(ConformanceContext context, Func<byte[], ObjectBody> make, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(200_003);
        var result = await context.Bucket.PutAsync(context.Key(), make(bytes), null, cancellationToken);
        Expect.Equal(bytes.Length, result.Size);
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body");
    }

    private static async Task Stream(ConformanceContext context, Func<BucketCapabilities, int> size, CancellationToken cancellationToken)
    {
        var bytes = context.LargeBytes(size(context.Capabilities));
        var options = new PutOptions { PartSizeBytes = PartBytes(context.Capabilities) };
        var result = await context.Bucket.PutAsync(context.Key(), new UnseekableStream(bytes), options, cancellationToken);
        Expect.Equal(bytes.Length, result.Size);
        Expect.Equal(TestBytes.Crc32C(bytes), result.Checksum);
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body");
    }

    private static async Task StreamPosition(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(1_000);
        using var stream = new MemoryStream(bytes);
        stream.Position = 300;
        var result = await context.Bucket.PutAsync(context.Key(), stream, null, cancellationToken);
        Expect.Equal(700, result.Size);
        Expect.Bytes(bytes.AsMemory(300), await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body");
    }

    private static async Task StreamLeftOpen(ConformanceContext context, CancellationToken cancellationToken)
    {
        foreach (var path in new[] { WritePath.Put, WritePath.PutLarge })
        {
            var stream = new UnseekableStream(path.Bytes(context));
            await context.Bucket.PutAsync(context.Key(), stream, null, cancellationToken);
            Expect.True(!stream.IsDisposed, "the stream is open");
        }
    }

    private static async Task TinyReads(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(5_000);
        await context.Bucket.PutAsync(context.Key(), new UnseekableStream(bytes, chunk: 7), null, cancellationToken);
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body");
    }

    private static async Task ReusedBody(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(1_000);
        ObjectBody body = bytes;
        foreach (var key in new[] { context.Key("a"), context.Key("b") })
        {
            await context.Bucket.PutAsync(key, body, null, cancellationToken);
            Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(key, null, cancellationToken), "the body");
        }
    }

    private static async Task Result(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var bytes = path.Bytes(context);
        var result = await path.WriteAsync(context, context.Key(), bytes, null, cancellationToken);
        Expect.True(!result.Tag.IsEmpty, "there is a tag");
        Expect.Equal(bytes.Length, result.Size);
        Expect.Null(result.VersionId, "the version id where no versions are kept");
        var isCopy = path == WritePath.Copy;
        if (result.Checksum is not { } checksum)
        {
            Expect.True(isCopy || path == WritePath.Multipart, "a put tells a checksum");
            return;
        }

        Expect.True(isCopy || checksum.Algorithm == ChecksumAlgorithm.Crc32C, "the checksum is CRC-32C");
        Expect.Equal(TestBytes.Compute(checksum.Algorithm, bytes), checksum);
    }

    private static async Task Visible(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        foreach (var seed in new[] { 1, 2 })
        {
            var bytes = path.Bytes(context, seed);
            await path.WriteAsync(context, context.Key(), bytes, null, cancellationToken);
            Expect.Equal(bytes.Length, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Size, "the look-up's size");
            Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the read");
            var page = await context.Bucket.ListPageAsync(new ListOptions { Prefix = context.Key() }, cancellationToken);
            Expect.Equal(bytes.Length, page.Entries.Single(entry => string.Equals(entry.Key, context.Key(), StringComparison.Ordinal)).Size, "the list's size");
        }
    }

    private static async Task ProducerFails(ConformanceContext context, bool large, CancellationToken cancellationToken)
    {
        var (key, old, _) = await context.SeedAsync("object", 1, cancellationToken);
        var bytes = SizedBytes(context, large);
        var stream = new UnseekableStream(bytes) { Before = (bytes.Length - 1000, _ => throw new InvalidTimeZoneException("the producer failed")) };
        await Expect.ThrowsAsync<InvalidTimeZoneException>(() => context.Bucket.PutAsync(key, stream, null, cancellationToken), "the write");
        await context.ExpectUntouchedAsync(key, old, cancellationToken);
    }

    private static async Task Cancel(ConformanceContext context, bool large, CancellationToken cancellationToken)
    {
        var (key, old, _) = await context.SeedAsync("object", 1, cancellationToken);
        var bytes = SizedBytes(context, large);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stream = new UnseekableStream(bytes) { Before = (bytes.Length - 1000, async token =>
        {
            await cancel.CancelAsync();
            token.ThrowIfCancellationRequested();
        }) };
        await Expect.ThrowsAsync<OperationCanceledException>(() => context.Bucket.PutAsync(key, stream, null, cancel.Token), "the write");
        await context.ExpectUntouchedAsync(key, old, cancellationToken);
    }

    private static async Task Lies(ConformanceContext context, bool large, int difference, CancellationToken cancellationToken)
    {
        var (key, old, _) = await context.SeedAsync("object", 1, cancellationToken);
        var bytes = SizedBytes(context, large);
        var stream = new UnseekableStream(bytes) { StatedLength = bytes.Length - difference };
        await Expect.FailsAsync(
            CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.LengthMismatch, () => context.Bucket.PutAsync(key, stream, null, cancellationToken));
        await context.ExpectUntouchedAsync(key, old, cancellationToken);
    }

    private static async Task Progress(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var bytes = path.Bytes(context);
        var progress = new RecordedProgress();
        await path.WriteAsync(context, context.Key(), bytes, new PutOptions { Progress = progress }, cancellationToken);
        var values = progress.Values;
        Expect.True(values.Count > 0, "progress was told");
        Expect.Sequence(values.Order(), values, "the order of progress");
        Expect.Equal(bytes.Length, values[^1], "the last progress");
    }

    private static async Task NullBody(ConformanceContext context, CancellationToken cancellationToken)
    {
        await Expect.ThrowsAsync<ArgumentNullException>(() => context.Bucket.PutAsync(context.Key(), null!, null, cancellationToken));
        Expect.True(!await context.Bucket.ExistsAsync(context.Key(), cancellationToken), "nothing was written");
    }

    private static async Task ConcurrencyOutOfRange(ConformanceContext context, CancellationToken cancellationToken)
    {
        foreach (var concurrency in new[] { 0, -1, 257 })
        {
            await Expect.RefusedAsync(() => context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(1), new PutOptions { Concurrency = concurrency }, cancellationToken), $"{concurrency}");
        }

        Expect.True(!await context.Bucket.ExistsAsync(context.Key(), cancellationToken), "nothing was written");
    }

    private static async Task SmallPartSize(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = WritePath.PutLarge.Bytes(context);
        await context.Bucket.PutAsync(context.Key(), bytes, new PutOptions { PartSizeBytes = 1, Concurrency = 2 }, cancellationToken);
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body");
    }

    private static async Task WrongSizeHint(ConformanceContext context, CancellationToken cancellationToken)
    {
        foreach (var (hint, size) in new[] { (1L, context.Scale.LargeBytes), (1L << 40, 1_000) })
        {
            var bytes = context.LargeBytes(size);
            await context.Bucket.PutAsync(context.Key(), new UnseekableStream(bytes), new PutOptions { SizeHintBytes = hint }, cancellationToken);
            Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), $"the body of {size} bytes hinted as {hint}");
        }
    }

    private static byte[] SizedBytes(ConformanceContext context, bool large) => large ? context.LargeBytes(context.Scale.LargeBytes, 2) : ConformanceContext.Bytes(50_000, 2);

    private static int PartBytes(BucketCapabilities capabilities) => (int)Math.Clamp(capabilities.MinPartBytes, 1 << 16, 5 * MiB);

    /// <summary>A sequence of three pieces that do not lie beside each other.</summary>
    private static ReadOnlySequence<byte> Split(byte[] bytes)
    {
        var third = bytes.Length / 3;
        var first = new Piece(bytes.AsSpan(0, third).ToArray());
        var last = first.Append(bytes.AsSpan(third, third).ToArray()).Append(default).Append(bytes.AsSpan(2 * third).ToArray());
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
