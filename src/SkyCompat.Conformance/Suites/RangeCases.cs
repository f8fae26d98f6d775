using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Reading ranges of objects.</summary>
internal static class RangeCases
{
    private const int Size = 10_007;

    public static ConformanceSuite Suite { get; } = new("Ranges",
    [
        .. Served.Select(range => new ConformanceCase($"range.{range.Id}", range.Numbers, "A range gives its bytes, clipped at the end, and tells where they are and how large the object is", (c, t) => Serve(c, range.Range, t))
        {
            Shows = range.Range.IsSuffix ? BucketFeatures.SuffixRange : BucketFeatures.None,
        }),
        .. Unsatisfiable.Select(range => new ConformanceCase($"range.unsatisfiable.{range.Id}", [18], "A range that starts at or beyond the end is refused", (c, t) => Refuse(c, Size, range.Range, t))),
        .. OfEmpty.Select(range => new ConformanceCase($"range.empty-object.{range.Id}", [19], "Any range of an empty object that asks for bytes is refused", (c, t) => Refuse(c, 0, range.Range, t))),
        .. NoBytes.Select(range => new ConformanceCase($"range.no-bytes.{range.Id}", range.Numbers, "A range of no bytes gives an empty body and the object's properties", (c, t) => ServeNothing(c, range.Size, range.Range, t))),
        new("range.negative", [13], "A negative offset or length is an argument error", Negative),
        new("range.adjacent", [16], "Adjacent ranges joined are the object", Adjacent),
        new("range.missing", [12], "A range of a missing key is NotFound", Missing),
        .. WritePath.All.Where(path => path.IsLarge).Select(path => new ConformanceCase($"range.of.{path.Name}", [22], "Ranges of an object that was written in parts cross the parts' borders", (c, t) => OfParts(c, path, t))),
    ]);

    private static (string Id, int[] Numbers, ByteRange Range)[] Served =>
    [
        ("from-start", [15], ByteRange.From(0)),
        ("from-middle", [15, 21], ByteRange.From(5_000)),
        ("from-last", [15], ByteRange.From(Size - 1)),
        ("slice-first", [16], ByteRange.Slice(0, 1)),
        ("slice-middle", [16, 21], ByteRange.Slice(4_321, 1_234)),
        ("slice-last", [16], ByteRange.Slice(Size - 1, 1)),
        ("slice-whole", [16], ByteRange.Slice(0, Size)),
        ("slice-clipped", [17], ByteRange.Slice(Size - 10, 100)),
        ("slice-clipped-much", [17], ByteRange.Slice(1, long.MaxValue - 1)),
        ("suffix-1", [20], ByteRange.Suffix(1)),
        ("suffix-10", [20, 21], ByteRange.Suffix(10)),
        ("suffix-whole", [20], ByteRange.Suffix(Size)),
        ("suffix-larger", [20], ByteRange.Suffix(Size + 1)),
        ("suffix-much-larger", [20], ByteRange.Suffix(long.MaxValue)),
    ];

    private static (string Id, ByteRange Range)[] Unsatisfiable =>
    [
        ("from-end", ByteRange.From(Size)),
        ("from-beyond", ByteRange.From(Size + 1)),
        ("from-far-beyond", ByteRange.From(long.MaxValue - 1)),
        ("slice-end", ByteRange.Slice(Size, 1)),
        ("slice-beyond", ByteRange.Slice(Size + 100, 100)),
    ];

    private static (string Id, ByteRange Range)[] OfEmpty =>
    [
        ("from", ByteRange.From(0)),
        ("slice", ByteRange.Slice(0, 1)),
        ("suffix", ByteRange.Suffix(1)),
    ];

    private static (string Id, int[] Numbers, int Size, ByteRange Range)[] NoBytes =>
    [
        ("start", [14], Size, ByteRange.Slice(0, 0)),
        ("middle", [14], Size, ByteRange.Slice(500, 0)),
        ("end", [14], Size, ByteRange.Slice(Size, 0)),
        ("beyond", [14], Size, ByteRange.Slice(Size + 50, 0)),
        ("suffix", [20], Size, ByteRange.Suffix(0)),
        ("empty-object", [14, 19], 0, ByteRange.Slice(0, 0)),
        ("empty-object-suffix", [14, 19], 0, ByteRange.Suffix(0)),
    ];

    /// <summary>The bytes that a range stands for.</summary>
    public static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> bytes, ByteRange range)
    {
        var start = range.IsSuffix ? Math.Max(0, bytes.Length - range.Length!.Value) : range.Offset ?? 0;
        var length = range.IsSuffix ? bytes.Length - start : Math.Min(range.Length ?? long.MaxValue, bytes.Length - start);
        return bytes.Slice((int)start, (int)length);
    }

    private static async Task Serve(ConformanceContext context, ByteRange range, CancellationToken cancellationToken)
    {
        var bytes = await PutAsync(context, Size, cancellationToken);
        await ExpectRangeAsync(context, bytes, range, cancellationToken);
    }

    private static async Task Refuse(ConformanceContext context, int size, ByteRange range, CancellationToken cancellationToken)
    {
        await PutAsync(context, size, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.InvalidArgument,
            ObjectStorageErrorReasons.RangeNotSatisfiable,
            () => context.Bucket.GetAsync(context.Key(), new GetOptions { Range = range }, cancellationToken));
    }

    private static async Task ServeNothing(ConformanceContext context, int size, ByteRange range, CancellationToken cancellationToken)
    {
        await PutAsync(context, size, cancellationToken);
        var info = await context.Bucket.GetInfoAsync(context.Key(), cancellationToken);
        await using var content = await context.Bucket.GetAsync(context.Key(), new GetOptions { Range = range }, cancellationToken);
        Expect.Equal(0, content.Length);
        Expect.Equal(size, content.Info.Size);
        Expect.Equal(info.Tag, content.Info.Tag);
        Expect.Equal(info.Headers, content.Info.Headers);
        Expect.Equal(0, (await content.ReadBytesAsync(cancellationToken)).Length, "the length of the body");
    }

    private static async Task Negative(ConformanceContext context, CancellationToken cancellationToken)
    {
        await Expect.ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(ByteRange.From(-1)), "From(-1)");
        await Expect.ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(ByteRange.Slice(-1, 1)), "Slice(-1, 1)");
        await Expect.ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(ByteRange.Slice(0, -1)), "Slice(0, -1)");
        await Expect.ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(ByteRange.Suffix(-1)), "Suffix(-1)");
        await Expect.ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(ByteRange.Slice(2, long.MaxValue - 1)), "Slice that overflows");
    }

    private static async Task Adjacent(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = await PutAsync(context, Size, cancellationToken);
        var joined = new List<byte>();
        for (var offset = 0; offset < Size; offset += 2_500)
        {
            joined.AddRange(await context.Bucket.GetBytesAsync(context.Key(), new GetOptions { Range = ByteRange.Slice(offset, 2_500) }, cancellationToken));
        }

        Expect.Bytes(bytes, joined.ToArray(), "the joined ranges");
    }

    private static Task<CloudException> Missing(ConformanceContext context, CancellationToken cancellationToken) => Expect.FailsAsync(
        CloudErrorCode.NotFound,
        ObjectStorageErrorReasons.ObjectNotFound,
        () => context.Bucket.GetAsync(context.Key("not-there"), new GetOptions { Range = ByteRange.Slice(0, 0) }, cancellationToken));

    private static async Task OfParts(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var bytes = path.Bytes(context);
        var border = (int)Math.Max(context.Capabilities.MinPartBytes, 5 << 20);
        await path.WriteAsync(context, context.Key(), bytes, new PutOptions { PartSizeBytes = border }, cancellationToken);
        foreach (var range in new[] { ByteRange.Slice(border - 10, 14), ByteRange.Slice(border, 1), ByteRange.Slice(border - 1, 1), ByteRange.Slice(border - 5, bytes.Length), ByteRange.Suffix(100) })
        {
            await ExpectRangeAsync(context, bytes, range, cancellationToken);
        }
    }

    private static async Task ExpectRangeAsync(ConformanceContext context, byte[] bytes, ByteRange range, CancellationToken cancellationToken)
    {
        await using var content = await context.Bucket.GetAsync(context.Key(), new GetOptions { Range = range }, cancellationToken);
        var read = await content.ReadBytesAsync(cancellationToken);
        Expect.Bytes(Cut(bytes, range), read, $"the range {range}");
        Expect.Equal(bytes.Length, content.Info.Size, $"the size told with {range}");
        Expect.Equal(read.Length, content.Length, $"the length told with {range}");
        Expect.Equal(range.IsSuffix ? bytes.Length - read.Length : range.Offset ?? 0, content.Offset, $"the offset told with {range}");
    }

    private static async Task<byte[]> PutAsync(ConformanceContext context, int size, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(size);
        await context.Bucket.PutAsync(context.Key(), bytes, null, cancellationToken);
        return bytes;
    }
}
