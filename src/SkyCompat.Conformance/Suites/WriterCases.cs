using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>The writer: nothing is visible before its commit, and nothing is left without one.</summary>
internal static class WriterCases
{
    public static ConformanceSuite Suite { get; } = new("Writer",
    [
        new("writer.empty", [39], "A writer that is committed without bytes gives an empty object", Empty),
        new("writer.pieces", [], "Pieces of many sizes are joined in order, and counted", Pieces),
        new("writer.one-piece", [], "One piece that is larger than a part is written", OnePiece),
        new("writer.memory-reused", [], "The caller's memory may change as soon as a write returns", MemoryReused),
        .. Sized("writer.invisible", [50], "Before the commit the key is as it was, absent or old", Invisible),
        .. Sized("writer.dispose-aborts", [51], "Disposing without a commit leaves what was there, and no unfinished upload", DisposeAborts),
        .. Sized("writer.cancel", [52], "A cancelled write or commit leaves what was there", Cancel),
        .. Sized("writer.producer-fails", [53], "An exception between open and commit commits nothing", ProducerFails),
        .. Sized("writer.commit-twice", [54], "A second commit is refused and changes nothing", CommitTwice),
        .. Sized("writer.write-after-commit", [54], "A write after the commit is refused and changes nothing", WriteAfterCommit),
        .. Sized("writer.dispose-twice", [], "Disposing after the commit, and again, is harmless", DisposeTwice),
        new("writer.stream", [], "The stream form writes, and closing it commits nothing", StreamForm),
        new("writer.stream.synchronous", [], "The stream form refuses synchronous writes", StreamSynchronous),
        new("writer.bad-key", [41], "A bad key is refused when the writer is opened", BadKey),
        new("writer.two-at-once", [], "Of two open writers of one key, the one committed last is what is read", TwoAtOnce),
    ]);

    private static IEnumerable<ConformanceCase> Sized(string id, int[] numbers, string title, Func<ConformanceContext, WritePath, CancellationToken, Task> body) =>
    [
        new($"{id}.small", numbers, title, (c, t) => body(c, WritePath.Writer, t)),
        new($"{id}.large", numbers, title, (c, t) => body(c, WritePath.WriterLarge, t)),
    ];

    private static PutOptions Options(WritePath path) => new() { PartSizeBytes = path.PartBytes };

    private static async Task Empty(ConformanceContext context, CancellationToken cancellationToken)
    {
        await using var writer = context.Bucket.OpenWrite(context.Key());
        var result = await writer.CommitAsync(cancellationToken);
        Expect.Equal(0, result.Size);
        Expect.Equal(0, (await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken)).Length, "the length of the body");
    }

    private static async Task Pieces(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(900_001);
        await using var writer = context.Bucket.OpenWrite(context.Key());
        var (position, size) = (0, 0);
        while (position < bytes.Length)
        {
            var piece = bytes.AsMemory(position, Math.Min(size, bytes.Length - position));
            await writer.WriteAsync(piece, cancellationToken);
            position += piece.Length;
            size = (size * 2) + 1;
            Expect.Equal(position, writer.BytesWritten);
        }

        await writer.CommitAsync(cancellationToken);
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body");
    }

    private static async Task OnePiece(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = WritePath.WriterLarge.Bytes(context);
        await using var writer = context.Bucket.OpenWrite(context.Key(), Options(WritePath.WriterLarge));
        await writer.WriteAsync(bytes, cancellationToken);
        await writer.CommitAsync(cancellationToken);
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body");
    }

    private static async Task MemoryReused(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = WritePath.WriterLarge.Bytes(context);
        var buffer = new byte[100_003];
        await using var writer = context.Bucket.OpenWrite(context.Key(), Options(WritePath.WriterLarge));
        for (var position = 0; position < bytes.Length; position += buffer.Length)
        {
            var count = Math.Min(buffer.Length, bytes.Length - position);
            bytes.AsSpan(position, count).CopyTo(buffer);
            await writer.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            Array.Clear(buffer);
        }

        await writer.CommitAsync(cancellationToken);
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body");
    }

    private static async Task Invisible(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var (oldKey, old, _) = await context.SeedAsync("old", 1, cancellationToken);
        var newKey = context.Key("new");
        var bytes = path.Bytes(context, 2);
        await using var over = context.Bucket.OpenWrite(oldKey, Options(path));
        await using var fresh = context.Bucket.OpenWrite(newKey, Options(path));
        await over.WriteAsync(bytes, cancellationToken);
        await fresh.WriteAsync(bytes, cancellationToken);
        Expect.Bytes(old, await context.Bucket.GetBytesAsync(oldKey, null, cancellationToken), "the old object before the commit");
        Expect.True(!await context.Bucket.ExistsAsync(newKey, cancellationToken), "the new key is absent before the commit");
        var listed = await context.Bucket.ListAsync(new ListOptions { Prefix = context.Prefix }, cancellationToken).Select(entry => entry.Key).ToListAsync(cancellationToken);
        Expect.Sequence([oldKey], listed, "the list before the commit");
        await over.CommitAsync(cancellationToken);
        await fresh.CommitAsync(cancellationToken);
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(oldKey, null, cancellationToken), "the old key after the commit");
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(newKey, null, cancellationToken), "the new key after the commit");
    }

    private static async Task DisposeAborts(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var (key, old, _) = await context.SeedAsync("object", 1, cancellationToken);
        await using (var writer = context.Bucket.OpenWrite(key, Options(path)))
        {
            await writer.WriteAsync(path.Bytes(context, 2), cancellationToken);
        }

        await context.ExpectUntouchedAsync(key, old, cancellationToken);
    }

    private static async Task Cancel(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var (key, old, _) = await context.SeedAsync("object", 1, cancellationToken);
        var cancelled = new CancellationToken(canceled: true);
        await using (var writer = context.Bucket.OpenWrite(key, Options(path)))
        {
            await writer.WriteAsync(path.Bytes(context, 2), cancellationToken);
            await Expect.ThrowsAsync<OperationCanceledException>(() => writer.CommitAsync(cancelled), "the commit");
        }

        await context.ExpectUntouchedAsync(key, old, cancellationToken);
    }

    private static async Task ProducerFails(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var (key, old, _) = await context.SeedAsync("object", 1, cancellationToken);
        await Expect.ThrowsAsync<InvalidTimeZoneException>(
            async () =>
            {
                await using var writer = context.Bucket.OpenWrite(key, Options(path));
                await writer.WriteAsync(path.Bytes(context, 2), cancellationToken);
                throw new InvalidTimeZoneException("the producer failed");
            },
            "the block around the writer");
        await context.ExpectUntouchedAsync(key, old, cancellationToken);
    }

    private static async Task CommitTwice(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var bytes = path.Bytes(context);
        await using var writer = context.Bucket.OpenWrite(context.Key(), Options(path));
        await writer.WriteAsync(bytes, cancellationToken);
        var result = await writer.CommitAsync(cancellationToken);
        await Expect.ThrowsAsync<InvalidOperationException>(() => writer.CommitAsync(cancellationToken), "the second commit");
        Expect.Equal(result.Tag, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Tag, "the tag after it");
    }

    private static async Task WriteAfterCommit(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var bytes = path.Bytes(context);
        await using (var writer = context.Bucket.OpenWrite(context.Key(), Options(path)))
        {
            await writer.WriteAsync(bytes, cancellationToken);
            await writer.CommitAsync(cancellationToken);
            await Expect.ThrowsAsync<InvalidOperationException>(() => writer.WriteAsync(bytes, cancellationToken).AsTask(), "the write");
        }

        Expect.Equal(bytes.Length, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Size, "the size after it");
    }

    private static async Task DisposeTwice(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var bytes = path.Bytes(context);
        var writer = context.Bucket.OpenWrite(context.Key(), Options(path));
        await using (writer)
        {
            await writer.WriteAsync(bytes, cancellationToken);
            await writer.CommitAsync(cancellationToken);
        }

        await writer.DisposeAsync();
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body");
    }

    private static async Task StreamForm(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(100_000);
        await using var writer = context.Bucket.OpenWrite(context.Key());
        await using (var stream = writer.AsStream())
        {
            using var source = new MemoryStream(bytes);
            await source.CopyToAsync(stream, 10_000, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }

        Expect.True(!await context.Bucket.ExistsAsync(context.Key(), cancellationToken), "closing the stream commits nothing");
        await writer.CommitAsync(cancellationToken);
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body");
    }

    private static async Task StreamSynchronous(ConformanceContext context, CancellationToken cancellationToken)
    {
        await using var writer = context.Bucket.OpenWrite(context.Key());
        var stream = writer.AsStream();
        await Expect.ThrowsAsync<NotSupportedException>(
            () =>
            {
#pragma warning disable CA1849, MA0042 // The synchronous form is the subject.
                stream.Write([1, 2, 3], 0, 3);
#pragma warning restore CA1849, MA0042
                return Task.CompletedTask;
            },
            "Stream.Write");
    }

    private static Task<CloudException> BadKey(ConformanceContext context, CancellationToken cancellationToken) => Expect.FailsAsync(
        CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidKey, () => Task.FromResult(context.Bucket.OpenWrite("")), "OpenWrite of an empty key");

    private static async Task TwoAtOnce(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (first, second) = (ConformanceContext.Bytes(100, 1), ConformanceContext.Bytes(200, 2));
        await using var one = context.Bucket.OpenWrite(context.Key());
        await using var two = context.Bucket.OpenWrite(context.Key());
        await one.WriteAsync(first, cancellationToken);
        await two.WriteAsync(second, cancellationToken);
        await two.CommitAsync(cancellationToken);
        await one.CommitAsync(cancellationToken);
        Expect.Bytes(first, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body");
    }
}
