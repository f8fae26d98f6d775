using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Reading whole objects, opened and left in every way.</summary>
internal static class ReadCases
{
    private const int MiB = 1 << 20;

    public static ConformanceSuite Suite { get; } = new("Read",
    [
        .. new (string Id, long Size)[] { ("0", 0), ("1", 1), ("4k", 4096), ("64k+1", 65_537), ("5m-1", (5 * MiB) - 1), ("5m", 5 * MiB), ("5m+1", (5 * MiB) + 1), ("16m+7", (16 * MiB) + 7), ("64m", 64 * MiB) }
            .Select(body => new ConformanceCase($"read.whole.{body.Id}", [11], "A whole read gives the bytes that were written", (c, t) => Whole(c, body.Size, t))),
        new("read.missing", [12], "Reading a missing key is NotFound with the key in the message", Missing),
        new("read.info", [35], "The properties come with the body and are those of a look-up", InfoComesWithBody),
        new("read.text", [], "Text is read as it was written", Text),
        new("read.pipe", [], "The pipe gives the same bytes", Pipe),
        new("read.stream", [], "The stream gives the same bytes in reads of any size", StreamInPieces),
        new("read.stream.end", [], "A read beyond the end of the body gives no bytes, again and again", ReadBeyondEnd),
        new("read.copy-to", [], "CopyToAsync writes the same bytes and leaves the destination open", CopyTo),
        new("read.many-ranges", [23, 24], "Ranges that are unordered, overlapping, repeated and adjacent, read at the same time, give their own bytes", ManyRanges),
        new("read.overwritten", [25], "A read that began before an overwrite gives the old bytes or fails; it never mixes", (c, t) => Overwritten(c, 1, t)),
        new("read.overwritten.parallel", [25], "A read in parallel ranges that began before an overwrite gives the old bytes or fails; it never mixes", (c, t) => Overwritten(c, 4, t)),
        new("read.deleted", [25], "A read that began before a delete gives the old bytes or fails", Deleted),
        .. new[] { 2, 4, 16 }.Select(n => new ConformanceCase($"read.parallel.{n}", [29], "A read in parallel ranges gives the same bytes in order", (c, t) => Parallel(c, n, t))),
        new("read.parallel.empty", [29], "An empty object is read in parallel ranges", ParallelEmpty),
        new("read.parallel.range", [29], "A range is read in parallel ranges", ParallelRange),
        new("read.parallel.aligned", [29], "An object of exactly so many parts is read in parallel ranges", ParallelAligned),
        new("read.concurrency.range", [], "A concurrency or part size out of range is an argument error", ConcurrencyOutOfRange),
        new("read.unread", [36], "Bodies that are never read use up no connection", Unread),
        new("read.half-read", [37], "A body that is left half-read uses up no connection", HalfRead),
        new("read.dispose-twice", [], "Disposing twice is harmless", DisposeTwice),
        new("read.file", [], "A file is uploaded and downloaded again", FileRoundTrip),
        new("read.file.missing", [], "A download that fails leaves no file", FileMissing),
    ]);

    private static async Task Whole(ConformanceContext context, long size, CancellationToken cancellationToken)
    {
        var bytes = context.LargeBytes(size);
        await context.Bucket.PutAsync(context.Key(), bytes, null, cancellationToken);
        await using var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
        Expect.Equal(size, content.Info.Size);
        Expect.Equal(size, content.Length);
        Expect.Equal(0, content.Offset);
        Expect.Bytes(bytes, await content.ReadBytesAsync(cancellationToken), "the body");
    }

    private static async Task Missing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var key = context.Key("not-there");
        var error = await Expect.FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => context.Bucket.GetAsync(key, null, cancellationToken));
        Expect.True(error.Message.Contains(key, StringComparison.Ordinal), $"the key in the message: {error.Message}");
        await Expect.FailsAsync(
            CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => context.Bucket.GetAsync(key, new GetOptions { Range = ByteRange.Suffix(1) }, cancellationToken));
    }

    private static async Task InfoComesWithBody(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(500), Attributes.Put(context), cancellationToken);
        await using var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
        var info = await context.Bucket.GetInfoAsync(context.Key(), cancellationToken);
        Expect.Equal(info.Key, content.Info.Key);
        Expect.Equal(info.Size, content.Info.Size);
        Expect.Equal(info.Tag, content.Info.Tag);
        Expect.Equal(info.LastModified, content.Info.LastModified);
        Expect.Equal(info.Headers, content.Info.Headers);
        Expect.Equal(info.Tier, content.Info.Tier);
        Expect.Map(info.Metadata, content.Info.Metadata, "the metadata");
    }

    private static async Task Text(ConformanceContext context, CancellationToken cancellationToken)
    {
        const string Value = "Gr\u00fc\u00dfe, \u4e16\u754c \U0001F30D\n";
        await context.Bucket.PutTextAsync(context.Key(), Value, null, cancellationToken);
        Expect.Equal(Value, await context.Bucket.GetTextAsync(context.Key(), cancellationToken));
        Expect.Equal("text/plain; charset=utf-8", (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Headers.ContentType);
    }

    private static async Task Pipe(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = await LargeObjectAsync(context, cancellationToken);
        await using var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
        var pipe = content.AsPipe();
        using var read = new MemoryStream();
        await pipe.CopyToAsync(read, cancellationToken);
        await pipe.CompleteAsync();
        Expect.Bytes(bytes, read.ToArray(), "the body");
    }

    private static async Task StreamInPieces(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = await LargeObjectAsync(context, cancellationToken);
        await using var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
        var read = new byte[bytes.Length];
        var (position, size) = (0, 1);
        while (position < read.Length)
        {
            var count = await content.AsStream().ReadAsync(read.AsMemory(position, Math.Min(size, read.Length - position)), cancellationToken);
            Expect.True(count > 0, $"the body does not end at {position}");
            position += count;
            size = (size * 3) + 1;
        }

        Expect.Bytes(bytes, read, "the body");
    }

    private static async Task ReadBeyondEnd(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.SeedAsync("object", 1, cancellationToken);
        await using var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
        await content.ReadBytesAsync(cancellationToken);
        var buffer = new byte[10];
        Expect.Equal(0, await content.AsStream().ReadAsync(buffer, cancellationToken), "the first read beyond the end");
        Expect.Equal(0, await content.AsStream().ReadAsync(buffer, cancellationToken), "the second read beyond the end");
    }

    private static async Task CopyTo(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        using var destination = new MemoryStream();
        await using (var content = await context.Bucket.GetAsync(key, null, cancellationToken))
        {
            await content.CopyToAsync(destination, cancellationToken);
        }

        destination.WriteByte(0);
        Expect.Bytes(bytes, destination.ToArray().AsMemory(..^1), "the copied body");
    }

    private static async Task ManyRanges(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = await LargeObjectAsync(context, cancellationToken);
        ByteRange[] ranges =
        [
            ByteRange.Slice(200_000, 100), ByteRange.Slice(0, 10), ByteRange.Slice(10, 10), ByteRange.Slice(5, 20), ByteRange.Slice(200_000, 100),
            ByteRange.Suffix(17), ByteRange.From(bytes.Length - 5), ByteRange.Slice(65_535, 3),
        ];
        var reads = await Task.WhenAll(ranges.Select(range => context.Bucket.GetBytesAsync(context.Key(), new GetOptions { Range = range }, cancellationToken)));
        for (var i = 0; i < ranges.Length; i++)
        {
            Expect.Bytes(RangeCases.Cut(bytes, ranges[i]), reads[i], $"the range {ranges[i]}");
        }
    }

    private static async Task Overwritten(ConformanceContext context, int concurrency, CancellationToken cancellationToken)
    {
        var old = context.LargeBytes(8 * MiB, 1);
        var replacement = context.LargeBytes(8 * MiB, 2);
        await context.Bucket.PutAsync(context.Key(), old, null, cancellationToken);
        var options = new GetOptions { Concurrency = concurrency, PartSizeBytes = concurrency > 1 ? MiB : null };
        await using var content = await context.Bucket.GetAsync(context.Key(), options, cancellationToken);
        var read = new byte[old.Length];
        await content.AsStream().ReadExactlyAsync(read.AsMemory(0, 1000), cancellationToken);
        await context.Bucket.PutAsync(context.Key(), replacement, null, cancellationToken);
        try
        {
            await content.AsStream().ReadExactlyAsync(read.AsMemory(1000), cancellationToken);
        }
        catch (CloudException exception)
        {
            Expect.Equal((CloudErrorCode.PreconditionFailed, ObjectStorageErrorReasons.ObjectChanged), (exception.Code, exception.Reason), $"the failure ({exception.Message})");
            return;
        }

        Expect.Bytes(old, read, "the body of a read that began before the overwrite");
    }

    private static async Task Deleted(ConformanceContext context, CancellationToken cancellationToken)
    {
        var old = context.LargeBytes(8 * MiB);
        await context.Bucket.PutAsync(context.Key(), old, null, cancellationToken);
        await using var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
        var read = new byte[old.Length];
        await content.AsStream().ReadExactlyAsync(read.AsMemory(0, 1000), cancellationToken);
        await context.Bucket.DeleteAsync(context.Key(), null, cancellationToken);
        try
        {
            await content.AsStream().ReadExactlyAsync(read.AsMemory(1000), cancellationToken);
        }
        catch (CloudException exception)
        {
            Expect.True(exception.Code is CloudErrorCode.PreconditionFailed or CloudErrorCode.NotFound, $"the failure is PreconditionFailed or NotFound, not {exception.Message}");
            return;
        }

        Expect.Bytes(old, read, "the body of a read that began before the delete");
    }

    private static async Task Parallel(ConformanceContext context, int concurrency, CancellationToken cancellationToken)
    {
        var bytes = await LargeObjectAsync(context, cancellationToken);
        var options = new GetOptions { Concurrency = concurrency, PartSizeBytes = 65_536 };
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), options, cancellationToken), "the body");
    }

    private static async Task ParallelEmpty(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key(), ObjectBody.Empty, null, cancellationToken);
        Expect.Equal(0, (await context.Bucket.GetBytesAsync(context.Key(), new GetOptions { Concurrency = 4 }, cancellationToken)).Length, "the length of the body");
    }

    private static async Task ParallelRange(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = await LargeObjectAsync(context, cancellationToken);
        foreach (var range in new[] { ByteRange.Slice(70_001, 300_000), ByteRange.From(100_001), ByteRange.Suffix(150_001), ByteRange.Slice(10, 1) })
        {
            var options = new GetOptions { Range = range, Concurrency = 4, PartSizeBytes = 65_536 };
            await using var content = await context.Bucket.GetAsync(context.Key(), options, cancellationToken);
            Expect.Equal(bytes.Length, content.Info.Size, $"the size told with {range}");
            Expect.Bytes(RangeCases.Cut(bytes, range), await content.ReadBytesAsync(cancellationToken), $"the range {range}");
        }
    }

    private static async Task ParallelAligned(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(4 * 65_536);
        await context.Bucket.PutAsync(context.Key(), bytes, null, cancellationToken);
        var options = new GetOptions { Concurrency = 3, PartSizeBytes = 65_536 };
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), options, cancellationToken), "the body");
    }

    private static async Task ConcurrencyOutOfRange(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, _) = await context.SeedAsync("object", 1, cancellationToken);
        foreach (var options in new GetOptions[] { new() { Concurrency = 0 }, new() { Concurrency = 257 }, new() { Concurrency = 2, PartSizeBytes = 65_535 }, new() { Concurrency = 2, PartSizeBytes = (1L << 30) + 1 } })
        {
            await Expect.RefusedAsync(() => context.Bucket.GetAsync(key, options, cancellationToken), options.ToString());
        }
    }

    private static async Task Unread(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = await LargeObjectAsync(context, cancellationToken);
        for (var i = 0; i < context.Scale.Repeats; i++)
        {
            await using var unread = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
        }

        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the body after many unread ones");
    }

    private static async Task HalfRead(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = context.LargeBytes(context.Scale.LargeBytes);
        await context.Bucket.PutAsync(context.Key(), bytes, null, cancellationToken);
        var start = new byte[10];
        for (var i = 0; i < 8; i++)
        {
            await using var content = await context.Bucket.GetAsync(context.Key(), new GetOptions { Concurrency = i % 2 == 0 ? 1 : 4, PartSizeBytes = MiB }, cancellationToken);
            await content.AsStream().ReadExactlyAsync(start, cancellationToken);
            Expect.Bytes(bytes.AsMemory(0, start.Length), start, "the first bytes");
        }

        var tail = await context.Bucket.GetBytesAsync(context.Key(), new GetOptions { Range = ByteRange.Suffix(10) }, cancellationToken);
        Expect.Bytes(bytes.AsMemory(^10..), tail, "the last bytes after many half-read bodies");
    }

    private static async Task DisposeTwice(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.SeedAsync("object", 1, cancellationToken);
        var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
        await content.DisposeAsync();
        await content.DisposeAsync();
    }

    private static async Task FileRoundTrip(ConformanceContext context, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("skycompat-");
        try
        {
            var bytes = ConformanceContext.Bytes(700_001);
            var (source, target) = (Path.Combine(folder.FullName, "source"), Path.Combine(folder.FullName, "target"));
            await File.WriteAllBytesAsync(source, bytes, cancellationToken);
            await File.WriteAllTextAsync(target, "replaced", cancellationToken);
            await context.Bucket.UploadFileAsync(context.Key(), source, null, cancellationToken);
            var info = await context.Bucket.DownloadFileAsync(context.Key(), target, null, cancellationToken);
            Expect.Equal(bytes.Length, info.Size);
            Expect.Bytes(bytes, await File.ReadAllBytesAsync(target, cancellationToken), "the downloaded file");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FileMissing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("skycompat-");
        try
        {
            await Expect.FailsAsync(
                CloudErrorCode.NotFound,
                ObjectStorageErrorReasons.ObjectNotFound,
                () => context.Bucket.DownloadFileAsync(context.Key("not-there"), Path.Combine(folder.FullName, "target"), null, cancellationToken));
            Expect.Equal(0, folder.GetFileSystemInfos().Length, "the number of files left");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<byte[]> LargeObjectAsync(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(300_007);
        await context.Bucket.PutAsync(context.Key(), bytes, null, cancellationToken);
        return bytes;
    }
}
