using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Versions: kept, listed, read, deleted and restored.</summary>
internal static class VersionCases
{
    public static ConformanceSuite Suite { get; } = new("Versions",
    [
        Case("versions.state", [], "A bucket keeps no versions at first; it is switched on and off, and never back to the beginning", State),
        Case("versions.write", [56], "Each write has a version id of its own", Write),
        .. WritePath.All.Select(path => Case($"versions.result.{path.Name}", [56], "Each way of writing tells the version id", (c, t) => Result(c, path, t), path.Requires)),
        Case("versions.read", [34], "An older version is read whole, in ranges, and with its own attributes", Read),
        Case("versions.read.unknown", [34], "A version that never was is VersionNotFound, or null for a look-up", ReadUnknown),
        Case("versions.read.other-key", [34], "A version id of another key is not found", ReadOtherKey),
        Case("versions.delete.hides", [124], "A delete hides the object, behind a marker where there are such; its versions stay", DeleteHides),
        Case("versions.delete.marker", [124], "Deleting the marker brings the object back", DeleteMarker, BucketFeatures.DeleteMarkers),
        Case("versions.delete.latest", [124], "Deleting the latest version brings the one before back", DeleteLatest, BucketFeatures.DeleteMarkers),
        Case("versions.delete.latest.markerless", [124], "Where no marker is left, deleting the latest version leaves the others, none of them current, and a copy brings one back", DeleteLatestMarkerless),
        Case("versions.delete.old", [124], "Deleting an old version for good leaves the latest", DeleteOld),
        Case("versions.delete.all", [124], "Deleting every version leaves nothing", DeleteAll),
        Case("versions.delete.many", [124], "A bulk delete hides objects and keeps their versions", DeleteMany),
        Case("versions.list", [119], "Versions and markers are listed by key, then newest first", List),
        Case("versions.list.pages", [119], "Pages of any size together give all versions", ListPages),
        Case("versions.list.prefix", [119], "A prefix selects versions", ListPrefix),
        Case("versions.list.objects-only", [119], "The list of objects shows only current ones", ListObjects),
        Case("versions.copy", [], "A version is copied back to restore it", Copy),
        Case("versions.suspended", [], "Where the keeping is suspended, old versions stay and new writes replace each other", Suspended),
        Case("versions.write-if.absent", [71], "A deleted key is free for create-if-absent, an existing one is not", IfAbsent, BucketFeatures.PutIfAbsent),
        Case("versions.write-if.match", [72], "Only the current version's tag matches", IfMatch, BucketFeatures.PutIfMatch),
        Case("versions.bucket.not-empty", [4], "A bucket that holds only old versions is not empty", BucketNotEmpty, BucketFeatures.BucketAdministration),
        Case("versions.sign", [34], "A signed request reads an older version", Sign, BucketFeatures.SignGet),
        new("versions.unversioned", [34], "A version id is not known in a bucket that keeps none", Unversioned) { Requires = BucketFeatures.Versions, WhenUnsupported = Unsupported },
    ]);

    private static ConformanceCase Case(string id, int[] numbers, string title, Func<ConformanceContext, CancellationToken, Task> body, BucketFeatures also = BucketFeatures.None) =>
        new(id, numbers, title, body) { Requires = BucketFeatures.Versions | also, WhenUnsupported = Unsupported };

    private static async Task Unsupported(ConformanceContext context, CancellationToken cancellationToken)
    {
        if (context.Capabilities.Supports(BucketFeatures.Versions))
        {
            return;
        }

        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        const CloudErrorCode Code = CloudErrorCode.Unsupported;
        await Expect.FailsAsync(Code, null, () => context.Bucket.GetAsync(key, new GetOptions { VersionId = "1" }, cancellationToken), "GetAsync of a version");
        await Expect.FailsAsync(Code, null, () => context.Bucket.TryGetInfoAsync(key, new GetInfoOptions { VersionId = "1" }, cancellationToken), "TryGetInfoAsync of a version");
        await Expect.FailsAsync(Code, null, () => context.Bucket.DeleteAsync(key, new DeleteOptions { VersionId = "1" }, cancellationToken), "DeleteAsync of a version");
        if (context.Bucket.GetService<IBucketVersions>() is { } versions)
        {
            await Expect.FailsAsync(Code, null, () => versions.GetVersioningAsync(cancellationToken), "GetVersioningAsync");
            await Expect.FailsAsync(Code, null, () => versions.SetVersioningAsync(VersioningState.Enabled, cancellationToken), "SetVersioningAsync");
            await Expect.FailsAsync(Code, null, () => versions.ListVersionsPageAsync(null, cancellationToken), "ListVersionsPageAsync");
        }

        await context.ExpectBytesAsync(key, bytes, "the object", cancellationToken);
    }

    private static async Task State(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await context.Harness.NewBucketAsync(cancellationToken);
        var versions = context.Service<IBucketVersions>(bucket);
        Expect.Equal(VersioningState.Disabled, await versions.GetVersioningAsync(cancellationToken), "the state at first");
        foreach (var state in new[] { VersioningState.Enabled, VersioningState.Suspended, VersioningState.Enabled })
        {
            await versions.SetVersioningAsync(state, cancellationToken);
            Expect.Equal(state, await versions.GetVersioningAsync(cancellationToken), "the state");
        }

        await Expect.FailsAsync(CloudErrorCode.InvalidArgument, null, () => versions.SetVersioningAsync(VersioningState.Disabled, cancellationToken));
    }

    private static async Task Write(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var ids = await PutAsync(bucket, context.Key(), 3, cancellationToken);
        Expect.Equal(3, ids.Distinct(StringComparer.Ordinal).Count(), "the number of different version ids");
        Expect.Equal(ids[2], (await bucket.GetInfoAsync(context.Key(), cancellationToken)).VersionId, "the current version");
    }

    private static async Task Result(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var result = await path.WriteAsync(bucket, context.Key(), path.Bytes(context), null, cancellationToken);
        var id = Expect.NotNull(result.VersionId, "the version id");
        Expect.Equal(id, (await bucket.GetInfoAsync(context.Key(), cancellationToken)).VersionId, "the current version");
    }

    private static async Task Read(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var old = ConformanceContext.Bytes(500, 1);
        var options = new PutOptions { Headers = Attributes.Headers, Metadata = Attributes.Metadata };
        var id = Expect.NotNull((await bucket.PutAsync(context.Key(), old, options, cancellationToken)).VersionId, "the version id");
        await bucket.PutAsync(context.Key(), ConformanceContext.Bytes(700, 2), null, cancellationToken);
        await using var content = await bucket.GetAsync(context.Key(), new GetOptions { VersionId = id }, cancellationToken);
        Expect.Equal((id, 500L), (content.Info.VersionId, content.Info.Size), "version and size");
        Expect.Equal(Attributes.Headers, content.Info.Headers);
        Expect.Bytes(old, await content.ReadBytesAsync(cancellationToken), "the body");
        var info = Expect.NotNull(await bucket.TryGetInfoAsync(context.Key(), new GetInfoOptions { VersionId = id }, cancellationToken), "the look-up");
        Expect.Equal((id, 500L, content.Info.Tag), (info.VersionId, info.Size, info.Tag), "the look-up's version, size and tag");
        Expect.Map(Attributes.Metadata, info.Metadata, "the look-up's metadata");
        var range = await bucket.GetBytesAsync(context.Key(), new GetOptions { VersionId = id, Range = ByteRange.Suffix(20) }, cancellationToken);
        Expect.Bytes(old.AsMemory(^20..), range, "the range");
        var parallel = await bucket.GetBytesAsync(context.Key(), new GetOptions { VersionId = id, Concurrency = 2, PartSizeBytes = 65_536 }, cancellationToken);
        Expect.Bytes(old, parallel, "the read in parallel ranges");
    }

    private static async Task ReadUnknown(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        await PutAsync(bucket, context.Key(), 1, cancellationToken);
        var gone = (await PutAsync(bucket, context.Key(), 1, cancellationToken))[0];
        await bucket.DeleteAsync(context.Key(), new DeleteOptions { VersionId = gone }, cancellationToken);
        await ExpectNoVersionAsync(bucket, context.Key(), gone, cancellationToken);
    }

    private static async Task ReadOtherKey(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var id = (await PutAsync(bucket, context.Key("a"), 1, cancellationToken))[0];
        await PutAsync(bucket, context.Key("b"), 1, cancellationToken);
        await ExpectNoVersionAsync(bucket, context.Key("b"), id, cancellationToken);
    }

    private static async Task ExpectNoVersionAsync(IBucket bucket, string key, string versionId, CancellationToken cancellationToken)
    {
        await Expect.FailsAsync(
            CloudErrorCode.NotFound, ObjectStorageErrorReasons.VersionNotFound, () => bucket.GetAsync(key, new GetOptions { VersionId = versionId }, cancellationToken));
        Expect.Null(await bucket.TryGetInfoAsync(key, new GetInfoOptions { VersionId = versionId }, cancellationToken), "the look-up");
    }

    private static async Task DeleteHides(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var id = (await PutAsync(bucket, context.Key(), 1, cancellationToken))[0];
        await bucket.DeleteAsync(context.Key(), null, cancellationToken);
        Expect.Null(await bucket.TryGetInfoAsync(context.Key(), null, cancellationToken), "the look-up");
        await Expect.FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => bucket.GetAsync(context.Key(), null, cancellationToken));
        Expect.Bytes(ConformanceContext.Bytes(100, 0), await bucket.GetBytesAsync(context.Key(), new GetOptions { VersionId = id }, cancellationToken), "the hidden version");
        var entries = await AllAsync(context, bucket, cancellationToken);
        (bool, bool)[] expected = LeavesMarkers(context) ? [(true, true), (false, false)] : [(false, false)];
        Expect.Sequence(expected, entries.Select(entry => (entry.IsDeleteMarker, entry.IsLatest)), "markers and latest ones");
        if (LeavesMarkers(context))
        {
            Expect.Equal((0L, true), (entries[0].Size, entries[0].Tag.IsEmpty), "size and tag of the marker");
        }
    }

    private static async Task DeleteMarker(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        await PutAsync(bucket, context.Key(), 2, cancellationToken);
        await bucket.DeleteAsync(context.Key(), null, cancellationToken);
        var marker = (await AllAsync(context, bucket, cancellationToken)).Single(entry => entry.IsDeleteMarker);
        await bucket.DeleteAsync(context.Key(), new DeleteOptions { VersionId = marker.VersionId }, cancellationToken);
        Expect.Bytes(ConformanceContext.Bytes(100, 1), await bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the object that is back");
    }

    private static async Task DeleteLatest(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var ids = await PutAsync(bucket, context.Key(), 3, cancellationToken);
        await bucket.DeleteAsync(context.Key(), new DeleteOptions { VersionId = ids[2] }, cancellationToken);
        Expect.Equal(ids[1], (await bucket.GetInfoAsync(context.Key(), cancellationToken)).VersionId, "the current version");
        Expect.Bytes(ConformanceContext.Bytes(100, 1), await bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the object that is back");
    }

    private static async Task DeleteLatestMarkerless(ConformanceContext context, CancellationToken cancellationToken)
    {
        ConformanceContext.SkipIf(LeavesMarkers(context), "Deletions leave markers here.");
        var bucket = await VersionedAsync(context, cancellationToken);
        var ids = await PutAsync(bucket, context.Key(), 3, cancellationToken);
        await bucket.DeleteAsync(context.Key(), new DeleteOptions { VersionId = ids[2] }, cancellationToken);
        Expect.Null(await bucket.TryGetInfoAsync(context.Key(), null, cancellationToken), "the look-up");
        var entries = await AllAsync(context, bucket, cancellationToken);
        Expect.Sequence([(ids[1], false), (ids[0], false)], entries.Select(entry => (entry.VersionId, entry.IsLatest)), "the versions that are left");
        await bucket.CopyAsync(new ObjectReference(bucket, context.Key(), ids[1]), context.Key(), null, cancellationToken);
        Expect.Bytes(ConformanceContext.Bytes(100, 1), await bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the object that is back");
    }

    private static async Task DeleteOld(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var ids = await PutAsync(bucket, context.Key(), 3, cancellationToken);
        await bucket.DeleteAsync(context.Key(), new DeleteOptions { VersionId = ids[1] }, cancellationToken);
        Expect.Sequence([ids[2], ids[0]], (await AllAsync(context, bucket, cancellationToken)).Select(entry => entry.VersionId), "the versions");
        Expect.Equal(ids[2], (await bucket.GetInfoAsync(context.Key(), cancellationToken)).VersionId, "the current version");
    }

    private static async Task DeleteAll(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        foreach (var id in await PutAsync(bucket, context.Key(), 2, cancellationToken))
        {
            await bucket.DeleteAsync(context.Key(), new DeleteOptions { VersionId = id }, cancellationToken);
        }

        Expect.Equal(0, (await AllAsync(context, bucket, cancellationToken)).Count, "the number of versions");
        Expect.Null(await bucket.TryGetInfoAsync(context.Key(), null, cancellationToken), "the look-up");
    }

    private static async Task DeleteMany(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var (a, b) = (await PutAsync(bucket, context.Key("a"), 1, cancellationToken), await PutAsync(bucket, context.Key("b"), 1, cancellationToken));
        var failed = await bucket.DeleteManyAsync(Sequences.Async(context.Keys("a", "b")), cancellationToken).CountAsync(result => result.Outcome == DeleteOutcome.Failed, cancellationToken);
        Expect.Equal(0, failed, "the number of failures");
        var entries = await AllAsync(context, bucket, cancellationToken);
        Expect.Sequence([a[0], b[0]], entries.Where(entry => !entry.IsDeleteMarker).Select(entry => entry.VersionId), "the versions");
        Expect.Equal(LeavesMarkers(context) ? 2 : 0, entries.Count(entry => entry.IsDeleteMarker), "the number of markers");
        Expect.True(!entries.Exists(entry => entry.IsLatest && !entry.IsDeleteMarker), "no version is current");
    }

    private static async Task List(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var (b, a) = (await PutAsync(bucket, context.Key("b"), 2, cancellationToken), await PutAsync(bucket, context.Key("a"), 3, cancellationToken));
        var entries = await AllAsync(context, bucket, cancellationToken);
        Expect.Sequence([a[2], a[1], a[0], b[1], b[0]], entries.Select(entry => entry.VersionId), "the versions");
        Expect.Sequence([true, false, false, true, false], entries.Select(entry => entry.IsLatest), "which are the latest");
        Expect.Sequence([.. context.Keys("a", "a", "a", "b", "b")], entries.Select(entry => entry.Key), "the keys");
        Expect.True(entries.TrueForAll(entry => entry.Size == 100 && !entry.Tag.IsEmpty && entry.LastModified > DateTimeOffset.UnixEpoch), "size, tag and instant are told");
    }

    private static async Task ListPages(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        foreach (var name in new[] { "a", "b", "c" })
        {
            await PutAsync(bucket, context.Key(name), 3, cancellationToken);
            await bucket.DeleteAsync(context.Key(name), null, cancellationToken);
        }

        var all = await AllAsync(context, bucket, cancellationToken);
        Expect.Equal(LeavesMarkers(context) ? 12 : 9, all.Count, "the number of entries");
        foreach (var pageSize in new[] { 1, 2, 5, 1000 })
        {
            Expect.Sequence(all, await AllAsync(context, bucket, cancellationToken, pageSize), $"the entries in pages of {pageSize}");
        }
    }

    private static async Task ListPrefix(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        foreach (var name in new[] { "x/1", "xy", "x/2" })
        {
            await PutAsync(bucket, context.Key(name), 1, cancellationToken);
        }

        var page = await context.Service<IBucketVersions>(bucket).ListVersionsPageAsync(new ListVersionsOptions { Prefix = context.Key("x/") }, cancellationToken);
        Expect.Sequence(context.Keys("x/1", "x/2"), page.Entries.Select(entry => entry.Key), "the keys");
    }

    private static async Task ListObjects(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        await PutAsync(bucket, context.Key("a"), 3, cancellationToken);
        await PutAsync(bucket, context.Key("b"), 1, cancellationToken);
        await bucket.DeleteAsync(context.Key("b"), null, cancellationToken);
        var keys = await bucket.ListAsync(new ListOptions { Prefix = context.Prefix }, cancellationToken).Select(entry => entry.Key).ToListAsync(cancellationToken);
        Expect.Sequence(context.Keys("a"), keys, "the list");
    }

    private static async Task Copy(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var ids = await PutAsync(bucket, context.Key(), 2, cancellationToken);
        await bucket.CopyAsync(new ObjectReference(bucket, context.Key(), ids[0]), context.Key("copy"), null, cancellationToken);
        Expect.Bytes(ConformanceContext.Bytes(100, 0), await bucket.GetBytesAsync(context.Key("copy"), null, cancellationToken), "the copy");
        await bucket.CopyAsync(new ObjectReference(bucket, context.Key(), ids[0]), context.Key(), null, cancellationToken);
        Expect.Bytes(ConformanceContext.Bytes(100, 0), await bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the restored object");
    }

    private static async Task Suspended(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await context.Harness.NewBucketAsync(cancellationToken);
        var versions = context.Service<IBucketVersions>(bucket);
        await versions.SetVersioningAsync(VersioningState.Enabled, cancellationToken);

        // Where versions are a stack, the one that is current at this moment stays too; elsewhere the next write replaces it.
        var old = (await PutAsync(bucket, context.Key(), LeavesMarkers(context) ? 1 : 2, cancellationToken))[0];
        await versions.SetVersioningAsync(VersioningState.Suspended, cancellationToken);
        await bucket.PutAsync(context.Key(), ConformanceContext.Bytes(50, 7), null, cancellationToken);
        await bucket.PutAsync(context.Key(), ConformanceContext.Bytes(60, 8), null, cancellationToken);
        Expect.Bytes(ConformanceContext.Bytes(60, 8), await bucket.GetBytesAsync(context.Key(), null, cancellationToken), "the current object");
        Expect.Bytes(ConformanceContext.Bytes(100, 0), await bucket.GetBytesAsync(context.Key(), new GetOptions { VersionId = old }, cancellationToken), "the old version");
        Expect.Sequence([60L, 100L], (await AllAsync(context, bucket, cancellationToken)).Select(entry => entry.Size), "the sizes of the versions");
    }

    private static async Task IfAbsent(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        ConformanceContext.SkipIf(!(await bucket.GetCapabilitiesAsync(cancellationToken)).Supports(BucketFeatures.PutIfAbsent), "A bucket that keeps versions lacks PutIfAbsent.");
        var options = new PutOptions { Condition = WriteCondition.MustNotExist };
        await bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), options, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.AlreadyExists, ObjectStorageErrorReasons.ObjectExists, () => bucket.PutAsync(context.Key(), ConformanceContext.Bytes(20), options, cancellationToken));
        await bucket.DeleteAsync(context.Key(), null, cancellationToken);
        await bucket.PutAsync(context.Key(), ConformanceContext.Bytes(30), options, cancellationToken);
        Expect.Equal(30, (await bucket.GetInfoAsync(context.Key(), cancellationToken)).Size, "the size");
    }

    private static async Task IfMatch(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var first = await bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10, 1), null, cancellationToken);
        var second = await bucket.PutAsync(context.Key(), ConformanceContext.Bytes(20, 2), null, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.PreconditionFailed,
            null,
            () => bucket.PutAsync(context.Key(), ConformanceContext.Bytes(30), new PutOptions { Condition = WriteCondition.MustMatch(first.Tag) }, cancellationToken));
        await bucket.PutAsync(context.Key(), ConformanceContext.Bytes(40), new PutOptions { Condition = WriteCondition.MustMatch(second.Tag) }, cancellationToken);
    }

    private static async Task BucketNotEmpty(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await context.Harness.NewBucketAsync(cancellationToken);
        await context.Service<IBucketVersions>(bucket).SetVersioningAsync(VersioningState.Enabled, cancellationToken);
        await PutAsync(bucket, "hidden", 1, cancellationToken);
        await bucket.DeleteAsync("hidden", null, cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.Conflict, ObjectStorageErrorReasons.BucketNotEmpty, () => context.Storage.DeleteBucketAsync(bucket.Name, cancellationToken));
    }

    private static async Task Sign(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var ids = await PutAsync(bucket, context.Key(), 2, cancellationToken);
        var signed = await bucket.SignAsync(context.Key(), new SignOptions { VersionId = ids[0] }, cancellationToken);
        using var reply = await BareClient.SendAsync(context.Harness, signed, null, cancellationToken);
        Expect.Bytes(ConformanceContext.Bytes(100, 0), await reply.Content.ReadAsByteArrayAsync(cancellationToken), "the body of the reply");
    }

    private static async Task Unversioned(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await VersionedAsync(context, cancellationToken);
        var id = (await PutAsync(bucket, context.Key(), 1, cancellationToken))[0];
        await context.SeedAsync("object", 1, cancellationToken);
        await ExpectNoVersionAsync(context.Bucket, context.Key(), id, cancellationToken);
    }

    private static bool LeavesMarkers(ConformanceContext context) => context.Capabilities.Supports(BucketFeatures.DeleteMarkers);

    /// <summary>A bucket that keeps versions, shared by the cases that do not change its state.</summary>
    private static async Task<IBucket> VersionedAsync(ConformanceContext context, CancellationToken cancellationToken) =>
        (IBucket)await context.Harness.ShareAsync("versioned", async () =>
        {
            var bucket = await context.Harness.NewBucketAsync(CancellationToken.None);
            await context.Service<IBucketVersions>(bucket).SetVersioningAsync(VersioningState.Enabled);
            return bucket;
        }).WaitAsync(cancellationToken);

    /// <summary>Writes versions one after the other; number i has the bytes of seed i.</summary>
    private static async Task<List<string>> PutAsync(IBucket bucket, string key, int count, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(Expect.NotNull((await bucket.PutAsync(key, ConformanceContext.Bytes(100, i), null, cancellationToken)).VersionId, "the version id of a write"));
        }

        return ids;
    }

    private static async Task<List<VersionEntry>> AllAsync(ConformanceContext context, IBucket bucket, CancellationToken cancellationToken, int pageSize = 0)
    {
        var entries = new List<VersionEntry>();
        var options = new ListVersionsOptions { Prefix = context.Prefix, PageSize = pageSize };
        do
        {
            var page = await context.Service<IBucketVersions>(bucket).ListVersionsPageAsync(options, cancellationToken);
            Expect.True(pageSize == 0 || page.Entries.Count <= pageSize, $"a page of {page.Entries.Count} entries is no longer than {pageSize}");
            entries.AddRange(page.Entries);
            options = options with { ContinuationToken = page.ContinuationToken };
        }
        while (options.ContinuationToken is not null);
        return entries;
    }
}
