using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Copies and moves, inside the store and through this process.</summary>
internal static class CopyCases
{
    public static ConformanceSuite Suite { get; } = new("Copy",
    [
        .. Ways.SelectMany(CasesOf),
        new("copy.across-buckets", [130], "An object is copied to another bucket of the store", AcrossBuckets) { Shows = BucketFeatures.ServerSideCopy },
        new("copy.across-clouds", [130], "An object is copied from another cloud", AcrossClouds),
        new("copy.onto-itself", [126], "A copy onto itself that changes nothing is refused", OntoItself),
        new("copy.onto-itself.attributes", [88], "A copy onto itself with new attributes is made", OntoItselfWithAttributes),
        new("copy.large.in-parts", [129], "An object that was written in parts is copied whole with its attributes", LargeInParts) { Shows = BucketFeatures.PartCopy },
        new("copy.over-5-gib", [129], "An object over the limit of one copy request is copied in parts", OverCopyLimit) { Shows = BucketFeatures.PartCopy },
        new("copy.null", [], "Null arguments are argument errors", Nulls),
        new("copy.chain", [], "A copy of a copy is the same", Chain),
        new("move.moves", [133], "A move leaves the object under its new key only", Move),
        new("move.missing", [133], "Moving a missing key is NotFound; the destination stays", MoveMissing),
        new("move.if-absent", [133], "A move onto an existing key under create-if-absent leaves both as they were", MoveIfAbsent) { Requires = BucketFeatures.CopyIfAbsent },
        new("move.overwrites", [133], "A move replaces what was there", MoveOverwrites),
    ]);

    private static (string Id, Func<IBucket, IBucket> Source, BucketFeatures Shows)[] Ways =>
    [
        ("inside", bucket => bucket, BucketFeatures.ServerSideCopy),
        ("through", bucket => new OpaqueBucket(bucket), BucketFeatures.None),
    ];

    private static IEnumerable<ConformanceCase> CasesOf((string Id, Func<IBucket, IBucket> Source, BucketFeatures Shows) way)
    {
        return
        [
            Case("same-bucket", [126], "A copy has the bytes of its source, which stays", Simple),
            Case("missing", [125], "Copying a missing key is NotFound; the destination stays", Missing),
            Case("overwrites", [126], "A copy replaces what was there, with all its attributes", Overwrites),
            Case("keeps", [127], "A copy keeps headers, metadata and tags", Keeps),
            Case("replaces", [127], "A copy with new attributes has only those", Replaces),
            Case("empty", [129], "An empty object is copied", (c, s, t) => OfSize(c, s, 0, t)),
            Case("large", [129], "An object of 16 MiB and more is copied", (c, s, t) => OfSize(c, s, c.Scale.LargeBytes, t)),
            Case("result", [56], "The result tells tag and size", Result),
            Case("source-changed", [], "A copy of an overwritten source has the new bytes", SourceChanged),
        ];

        ConformanceCase Case(string id, int[] numbers, string title, Func<ConformanceContext, IBucket, CancellationToken, Task> body) =>
            new($"copy.{way.Id}.{id}", numbers, title, (c, t) => body(c, way.Source(c.Bucket), t)) { Shows = way.Shows };
    }

    private static async Task Simple(ConformanceContext context, IBucket from, CancellationToken cancellationToken)
    {
        var (source, bytes, _) = await context.SeedAsync("source", 1, cancellationToken);
        await context.Bucket.CopyAsync(new ObjectReference(from, source), context.Key(), null, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), bytes, "the copy", cancellationToken);
        await context.ExpectBytesAsync(source, bytes, "the source", cancellationToken);
    }

    private static async Task Missing(ConformanceContext context, IBucket from, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => context.Bucket.CopyAsync(new ObjectReference(from, context.Key("not-there")), key, null, cancellationToken));
        await context.ExpectBytesAsync(key, bytes, "the destination", cancellationToken);
    }

    private static async Task Overwrites(ConformanceContext context, IBucket from, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(5_000, 7), Attributes.Put(context), cancellationToken);
        var (source, bytes, _) = await context.SeedAsync("source", 1, cancellationToken);
        await context.Bucket.CopyAsync(new ObjectReference(from, source), context.Key(), null, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), bytes, "the copy", cancellationToken);
        var info = await context.Bucket.GetInfoAsync(context.Key(), cancellationToken);
        Expect.Equal(ContentHeaders.Default, info.Headers);
        Expect.Equal(0, info.Metadata.Count, "the number of metadata entries");
    }

    private static async Task Keeps(ConformanceContext context, IBucket from, CancellationToken cancellationToken)
    {
        // What hides its identity has no tags to ask for.
        var options = from is OpaqueBucket ? new PutOptions { Headers = Attributes.Headers, Metadata = Attributes.Metadata } : Attributes.Put(context);
        await context.Bucket.PutAsync(context.Key("source"), ConformanceContext.Bytes(100), options, cancellationToken);
        await context.Bucket.CopyAsync(new ObjectReference(from, context.Key("source")), context.Key(), null, cancellationToken);
        var info = await context.Bucket.GetInfoAsync(context.Key(), cancellationToken);
        Expect.Equal(Attributes.Headers, info.Headers);
        Expect.Map(Attributes.Metadata, info.Metadata, "the metadata");
        if (options.Tags.Count > 0)
        {
            Expect.Map(Attributes.Tags, await context.Service<IObjectTags>().GetTagsAsync(context.Key(), cancellationToken), "the tags");
        }
    }

    private static async Task Replaces(ConformanceContext context, IBucket from, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(100);
        await context.Bucket.PutAsync(context.Key("source"), bytes, Attributes.Put(context), cancellationToken);
        var attributes = new ObjectAttributes
        {
            Headers = new ContentHeaders { ContentType = "image/png" },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["only"] = "this" },
        };
        await context.Bucket.CopyAsync(new ObjectReference(from, context.Key("source")), context.Key(), new CopyOptions { Attributes = attributes }, cancellationToken);
        var info = await context.Bucket.GetInfoAsync(context.Key(), cancellationToken);
        Expect.Equal(attributes.Headers, info.Headers);
        Expect.Map(attributes.Metadata, info.Metadata, "the metadata");
        await context.ExpectBytesAsync(context.Key(), bytes, "the copy", cancellationToken);
    }

    private static async Task OfSize(ConformanceContext context, IBucket from, int size, CancellationToken cancellationToken)
    {
        var bytes = context.LargeBytes(size);
        await context.Bucket.PutAsync(context.Key("source"), bytes, Attributes.Put(context), cancellationToken);
        var result = await context.Bucket.CopyAsync(new ObjectReference(from, context.Key("source")), context.Key(), null, cancellationToken);
        Expect.Equal(size, result.Size);
        var info = await context.Bucket.GetInfoAsync(context.Key(), cancellationToken);
        Expect.Map(Attributes.Metadata, info.Metadata, "the metadata");
        Expect.Equal(Attributes.Headers, info.Headers);
        await context.ExpectBytesAsync(context.Key(), bytes, "the copy", cancellationToken);
    }

    private static async Task Result(ConformanceContext context, IBucket from, CancellationToken cancellationToken)
    {
        var (source, bytes, _) = await context.SeedAsync("source", 1, cancellationToken);
        var result = await context.Bucket.CopyAsync(new ObjectReference(from, source), context.Key(), null, cancellationToken);
        var info = await context.Bucket.GetInfoAsync(context.Key(), cancellationToken);
        Expect.Equal((bytes.Length, info.Tag), ((int)result.Size, result.Tag), "size and tag");
    }

    private static async Task SourceChanged(ConformanceContext context, IBucket from, CancellationToken cancellationToken)
    {
        await context.SeedAsync("source", 1, cancellationToken);
        var (source, bytes, _) = await context.SeedAsync("source", 2, cancellationToken);
        await context.Bucket.CopyAsync(new ObjectReference(from, source), context.Key(), null, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), bytes, "the copy", cancellationToken);
    }

    private static async Task AcrossBuckets(ConformanceContext context, CancellationToken cancellationToken)
    {
        var other = await context.Harness.NewBucketAsync(cancellationToken);
        var bytes = ConformanceContext.Bytes(1_000);
        await context.Bucket.PutAsync(context.Key(), bytes, Attributes.Put(context), cancellationToken);
        await other.CopyAsync(new ObjectReference(context.Bucket, context.Key()), "copy", null, cancellationToken);
        Expect.Bytes(bytes, await other.GetBytesAsync("copy", null, cancellationToken), "the copy");
        await Attributes.ExpectAsync(context, other, "copy", cancellationToken);
        Expect.Null(await other.TryGetInfoAsync(context.Key(), null, cancellationToken), "the source's key in the other bucket");
    }

    private static async Task AcrossClouds(ConformanceContext context, CancellationToken cancellationToken)
    {
        var foreign = context.Harness.ForeignStorage;
        ConformanceContext.SkipIf(foreign is null, "The harness has no second cloud.");
        var other = foreign.GetBucket(context.Harness.NewBucketName());
        await foreign.CreateBucketAsync(other.Name, null, cancellationToken);
        foreach (var size in new[] { 0, 1_000, context.Scale.LargeBytes })
        {
            var bytes = context.LargeBytes(size);
            await other.PutAsync("source", bytes, new PutOptions { Headers = Attributes.Headers, Metadata = Attributes.Metadata }, cancellationToken);
            await context.Bucket.CopyAsync(new ObjectReference(other, "source"), context.Key(), null, cancellationToken);
            await context.ExpectBytesAsync(context.Key(), bytes, $"the copy of {size} bytes", cancellationToken);
            var info = await context.Bucket.GetInfoAsync(context.Key(), cancellationToken);
            Expect.Equal(Attributes.Headers, info.Headers);
            Expect.Map(Attributes.Metadata, info.Metadata, "the metadata");
        }

        await BucketSweeper.RemoveAsync(foreign, other, keepBucket: false);
    }

    private static async Task OntoItself(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.InvalidArgument, null, () => context.Bucket.CopyAsync(key, key, null, cancellationToken));
        await context.ExpectBytesAsync(key, bytes, "the body", cancellationToken);
    }

    private static async Task OntoItselfWithAttributes(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        var attributes = new ObjectAttributes { Headers = Attributes.Headers, Metadata = Attributes.Metadata };
        await context.Bucket.CopyAsync(key, key, new CopyOptions { Attributes = attributes }, cancellationToken);
        var info = await context.Bucket.GetInfoAsync(key, cancellationToken);
        Expect.Equal(Attributes.Headers, info.Headers);
        Expect.Map(Attributes.Metadata, info.Metadata, "the metadata");
        await context.ExpectBytesAsync(key, bytes, "the body", cancellationToken);
    }

    private static async Task LargeInParts(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = context.LargeBytes(context.Scale.LargeBytes);
        var options = Attributes.Put(context) with { PartSizeBytes = Math.Max(context.Capabilities.MinPartBytes, 5 << 20) };
        await context.Bucket.PutAsync(context.Key("source"), new UnseekableStream(bytes), options, cancellationToken);
        await context.Bucket.CopyAsync(context.Key("source"), context.Key(), null, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), bytes, "the copy", cancellationToken);
        await Attributes.ExpectAsync(context, context.Bucket, context.Key(), cancellationToken);
    }

    private static async Task OverCopyLimit(ConformanceContext context, CancellationToken cancellationToken)
    {
        var size = context.Capabilities.MaxCopyBytes;
        ConformanceContext.SkipIf(size >= int.MaxValue || size >= context.Scale.MaxBodyBytes, $"One copy request takes {size} bytes; the run allows bodies of {context.Scale.MaxBodyBytes}.");
        await OfSize(context, context.Bucket, (int)size + 1, cancellationToken);
    }

    private static async Task Nulls(ConformanceContext context, CancellationToken cancellationToken)
    {
        await Expect.ThrowsAsync<ArgumentNullException>(() => context.Bucket.CopyAsync((ObjectReference)null!, context.Key(), null, cancellationToken), "CopyAsync(null)");
        await Expect.ThrowsAsync<ArgumentNullException>(
            () => context.Bucket.CopyAsync(new ObjectReference(null!, context.Key("source")), context.Key(), null, cancellationToken), "CopyAsync from no bucket");
    }

    private static async Task Chain(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(1_000);
        await context.Bucket.PutAsync(context.Key("0"), bytes, Attributes.Put(context), cancellationToken);
        foreach (var (from, to) in new[] { ("0", "1"), ("1", "2"), ("2", "3") })
        {
            await context.Bucket.CopyAsync(context.Key(from), context.Key(to), null, cancellationToken);
        }

        await context.ExpectBytesAsync(context.Key("3"), bytes, "the last copy", cancellationToken);
        await Attributes.ExpectAsync(context, context.Bucket, context.Key("3"), cancellationToken);
    }

    private static async Task Move(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(1_000);
        await context.Bucket.PutAsync(context.Key("old"), bytes, Attributes.Put(context), cancellationToken);
        await context.Bucket.MoveAsync(context.Key("old"), context.Key("new"), null, cancellationToken);
        Expect.Sequence([context.Key("new")], await context.ListKeysAsync(cancellationToken), "the list");
        await context.ExpectBytesAsync(context.Key("new"), bytes, "the body", cancellationToken);
        await Attributes.ExpectAsync(context, context.Bucket, context.Key("new"), cancellationToken);
    }

    private static async Task MoveMissing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => context.Bucket.MoveAsync(context.Key("not-there"), key, null, cancellationToken));
        await context.ExpectBytesAsync(key, bytes, "the destination", cancellationToken);
    }

    private static async Task MoveIfAbsent(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (source, sourceBytes, _) = await context.SeedAsync("source", 1, cancellationToken);
        var (key, bytes, _) = await context.SeedAsync("object", 2, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.AlreadyExists,
            ObjectStorageErrorReasons.ObjectExists,
            () => context.Bucket.MoveAsync(source, key, new CopyOptions { Condition = WriteCondition.MustNotExist }, cancellationToken));
        await context.ExpectBytesAsync(source, sourceBytes, "the source", cancellationToken);
        await context.ExpectBytesAsync(key, bytes, "the destination", cancellationToken);
    }

    private static async Task MoveOverwrites(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (source, bytes, _) = await context.SeedAsync("source", 1, cancellationToken);
        var (key, _, _) = await context.SeedAsync("object", 2, cancellationToken);
        await context.Bucket.MoveAsync(source, key, null, cancellationToken);
        await context.ExpectBytesAsync(key, bytes, "the body", cancellationToken);
        Expect.Sequence([key], await context.ListKeysAsync(cancellationToken), "the list");
    }
}
