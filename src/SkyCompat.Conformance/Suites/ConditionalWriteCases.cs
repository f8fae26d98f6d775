using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Writes, deletes and copies under conditions: each condition on each way of writing.</summary>
internal static class ConditionalWriteCases
{
    public static ConformanceSuite Suite { get; } = new("ConditionalWrites",
    [
        .. WritePath.All.SelectMany(CasesOf),
        .. WritePath.All.Where(path => !path.IsLarge).Select(path => new ConformanceCase($"write-if.race.{path.Name}", [75, 76], "Of many writers that create a key at once, one wins and the others are told", (c, t) => Race(c, path, t))
        {
            Requires = path.Requires | path.IfAbsent,
        }),
        new("write-if.counter", [74], "Workers that count up by tag lose no update", Counter) { Requires = BucketFeatures.PutIfMatch },
        new("write-if.chain", [72], "The tag of a write is the condition of the next", Chain) { Requires = BucketFeatures.PutIfMatch },
        new("write-if.after-delete", [71], "A key is free again after a delete", AfterDelete) { Requires = BucketFeatures.PutIfAbsent },
        new("write-if.empty-tag", [79], "An empty tag is an argument error", EmptyTag),
        DeleteCase("delete-if.same", "A delete with the current tag deletes", DeleteSame),
        DeleteCase("delete-if.stale", "A delete with a stale tag is PreconditionFailed; the object stays", DeleteStale),
        DeleteCase("delete-if.missing", "A conditional delete of a missing key is PreconditionFailed", DeleteMissing),
        SourceCase("copy-if.source.same", "A copy whose source has the tag asked for is made", SourceSame),
        SourceCase("copy-if.source.stale", "A copy whose source has another tag is PreconditionFailed; nothing is written", SourceStale),
    ]);

    private static IEnumerable<ConformanceCase> CasesOf(WritePath path) =>
    [
        IfAbsent(path, "new", "Create-if-absent on a free key creates", CreateNew),
        IfAbsent(path, "existing", "Create-if-absent on an existing key is AlreadyExists; the bytes stay", CreateExisting),
        IfMatch(path, "same", "A write under the current tag replaces", MatchSame),
        IfMatch(path, "stale", "A write under a stale tag is PreconditionFailed; the bytes stay", MatchStale),
        IfMatch(path, "missing", "A write under a tag on a missing key is PreconditionFailed; nothing is created", MatchMissing),
    ];

    private static ConformanceCase IfAbsent(WritePath path, string what, string title, Func<ConformanceContext, WritePath, CancellationToken, Task> body) =>
        Conditional(
            $"write-if.absent.{what}.{path.Name}",
            path == WritePath.Put ? [71] : [71, 76],
            title,
            path,
            (path.IfAbsent, path.InsteadOfIfAbsent),
            body,
            (c, t) => NeverIgnored(c, path, path.IfAbsent, _ => WriteCondition.MustNotExist, CloudErrorCode.AlreadyExists, t));

    private static ConformanceCase IfMatch(WritePath path, string what, string title, Func<ConformanceContext, WritePath, CancellationToken, Task> body) =>
        Conditional(
            $"write-if.match.{what}.{path.Name}",
            path == WritePath.Put ? [string.Equals(what, "missing", StringComparison.Ordinal) ? 73 : 72] : [72, 73, 76],
            title,
            path,
            (path.IfMatch, path.InsteadOfIfMatch),
            body,
            (c, t) => NeverIgnored(c, path, path.IfMatch, WriteCondition.MustMatch, CloudErrorCode.PreconditionFailed, t));

    /// <summary>A case that needs a condition, or what stands in for it; without both, the condition must be refused.</summary>
    private static ConformanceCase Conditional(
        string id,
        int[] numbers,
        string title,
        WritePath path,
        (BucketFeatures Condition, BucketFeatures Instead) needs,
        Func<ConformanceContext, WritePath, CancellationToken, Task> body,
        Func<ConformanceContext, CancellationToken, Task> refused)
    {
        if (needs.Instead == BucketFeatures.None)
        {
            return new ConformanceCase(id, numbers, title, (c, t) => body(c, path, t)) { Requires = path.Requires | needs.Condition, WhenUnsupported = refused };
        }

        return new ConformanceCase(id, numbers, title, async (context, cancellationToken) =>
        {
            if (context.Capabilities.Supports(needs.Condition) || context.Capabilities.Supports(needs.Instead))
            {
                await body(context, path, cancellationToken);
                return;
            }

            await refused(context, cancellationToken);
            throw new ConformanceSkipException($"The bucket lacks {needs.Condition} and {needs.Instead}, and refuses it as it must.");
        }) { Shows = needs.Condition };
    }

    private static ConformanceCase DeleteCase(string id, string title, Func<ConformanceContext, CancellationToken, Task> body) =>
        new(id, [77], title, body) { Requires = BucketFeatures.DeleteIfMatch, WhenUnsupported = DeleteUnsupported };

    private static ConformanceCase SourceCase(string id, string title, Func<ConformanceContext, CancellationToken, Task> body) =>
        new(id, [128], title, body) { Requires = BucketFeatures.CopySourceIfMatch, WhenUnsupported = SourceUnsupported };

    private static async Task CreateNew(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var bytes = path.Bytes(context);
        var result = await path.WriteAsync(context, context.Key(), bytes, new PutOptions { Condition = WriteCondition.MustNotExist }, cancellationToken);
        Expect.Equal(result.Tag, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Tag, "the tag");
        await context.ExpectBytesAsync(context.Key(), bytes, "the body", cancellationToken);
    }

    private static async Task CreateExisting(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var (key, old, _) = await context.SeedAsync("object", 1, cancellationToken);
        var options = new PutOptions { Condition = WriteCondition.MustNotExist };
        var error = await Expect.FailsAsync(
            CloudErrorCode.AlreadyExists, ObjectStorageErrorReasons.ObjectExists, () => path.WriteAsync(context, key, path.Bytes(context, 2), options, cancellationToken), "the write");
        Expect.True(!error.IsTransient, "the failure is not transient");
        await context.ExpectUntouchedAsync(key, old, cancellationToken);
    }

    private static async Task MatchSame(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var (key, _, first) = await context.SeedAsync("object", 1, cancellationToken);
        var bytes = path.Bytes(context, 2);
        var second = await path.WriteAsync(context, key, bytes, new PutOptions { Condition = WriteCondition.MustMatch(first.Tag) }, cancellationToken);
        Expect.NotEqual(first.Tag, second.Tag);
        await context.ExpectBytesAsync(key, bytes, "the body", cancellationToken);
    }

    private static async Task MatchStale(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var stale = (await context.SeedAsync("object", 1, cancellationToken)).Result.Tag;
        var (key, current, _) = await context.SeedAsync("object", 2, cancellationToken);
        var options = new PutOptions { Condition = WriteCondition.MustMatch(stale) };
        var error = await Expect.FailsAsync(CloudErrorCode.PreconditionFailed, null, () => path.WriteAsync(context, key, path.Bytes(context, 3), options, cancellationToken), "the write");
        Expect.True(!error.IsTransient, "the failure is not transient");
        await context.ExpectUntouchedAsync(key, current, cancellationToken);
    }

    private static async Task MatchMissing(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var tag = (await context.SeedAsync("other", 1, cancellationToken)).Result.Tag;
        var options = new PutOptions { Condition = WriteCondition.MustMatch(tag) };
        await Expect.FailsAsync(
            CloudErrorCode.PreconditionFailed, null, () => path.WriteAsync(context, context.Key("missing"), path.Bytes(context, 2), options, cancellationToken), "the write");
        await context.ExpectAbsentAsync(context.Key("missing"), cancellationToken);
    }

    /// <summary>Where the condition is lacking: it is refused, never ignored. A way that finds out late which request it sends may also obey it.</summary>
    private static async Task NeverIgnored(
        ConformanceContext context, WritePath path, BucketFeatures needed, Func<VersionTag, WriteCondition> condition, CloudErrorCode obeyed, CancellationToken cancellationToken)
    {
        if (!context.Capabilities.Supports(path.Requires))
        {
            return;
        }

        var stale = (await context.SeedAsync("object", 1, cancellationToken)).Result.Tag;
        var (key, current, _) = await context.SeedAsync("object", 2, cancellationToken);
        var mayObey = path.IsUndecided && (context.Capabilities.Features & needed) != BucketFeatures.None;
        await Expect.FailsAsync(
            mayObey ? [(CloudErrorCode.Unsupported, null), (obeyed, null)] : [(CloudErrorCode.Unsupported, null)],
            () => path.WriteAsync(context, key, path.Bytes(context, 3), new PutOptions { Condition = condition(stale) }, cancellationToken),
            "a write under a condition that the bucket lacks");
        await context.ExpectUntouchedAsync(key, current, cancellationToken);
    }

    private static async Task Race(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        const int Writers = 16;
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(1, Writers).Select(seed => WriteAsync(seed)).ToList();
        start.SetResult();
        var outcomes = await Task.WhenAll(writers);
        var winners = Enumerable.Range(1, Writers).Where(seed => outcomes[seed - 1]).ToList();
        Expect.Equal(1, winners.Count, "the number of winners");
        await context.ExpectBytesAsync(context.Key(), path.Bytes(context, winners[0]), "the winner's bytes", cancellationToken);

        async Task<bool> WriteAsync(int seed)
        {
            var bytes = path.Bytes(context, seed);
            await start.Task;
            try
            {
                await path.WriteAsync(context, context.Key(), bytes, new PutOptions { Condition = WriteCondition.MustNotExist }, cancellationToken);
                return true;
            }
            catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists
                || (exception.Code == CloudErrorCode.Conflict && string.Equals(exception.Reason, ObjectStorageErrorReasons.ConcurrentWrite, StringComparison.Ordinal)))
            {
                return false;
            }
        }
    }

    private static async Task Counter(ConformanceContext context, CancellationToken cancellationToken)
    {
        const int Workers = 5, Increments = 10;
        await context.Bucket.PutTextAsync(context.Key(), "0", null, cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            for (var done = 0; done < Increments;)
            {
                await using var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
                var value = int.Parse(await content.ReadTextAsync(cancellationToken), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
                var next = (value + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
                try
                {
                    await context.Bucket.PutTextAsync(context.Key(), next, new PutOptions { Condition = WriteCondition.MustMatch(content.Info.Tag) }, cancellationToken);
                    done++;
                }
                catch (CloudException exception) when (exception.Code is CloudErrorCode.PreconditionFailed or CloudErrorCode.Conflict)
                {
                    // Another worker was first: read again.
                }
            }
        }));
        Expect.Equal("50", await context.Bucket.GetTextAsync(context.Key(), cancellationToken), "the count");
    }

    private static async Task Chain(ConformanceContext context, CancellationToken cancellationToken)
    {
        var tag = (await context.SeedAsync("object", 0, cancellationToken)).Result.Tag;
        var tags = new HashSet<VersionTag> { tag };
        for (var i = 1; i <= 5; i++)
        {
            tag = (await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(100, i), new PutOptions { Condition = WriteCondition.MustMatch(tag) }, cancellationToken)).Tag;
            Expect.True(tags.Add(tag), "each content has a tag of its own");
        }
    }

    private static async Task AfterDelete(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, _) = await context.SeedAsync("object", 1, cancellationToken);
        await context.Bucket.DeleteAsync(key, null, cancellationToken);
        var bytes = ConformanceContext.Bytes(100, 2);
        await context.Bucket.PutAsync(key, bytes, new PutOptions { Condition = WriteCondition.MustNotExist }, cancellationToken);
        await context.ExpectBytesAsync(key, bytes, "the body", cancellationToken);
    }

    private static Task<ArgumentException> EmptyTag(ConformanceContext context, CancellationToken cancellationToken) =>
        Expect.ThrowsAsync<ArgumentException>(() => Task.FromResult(WriteCondition.MustMatch(default)), "MustMatch of an empty tag");

    private static async Task DeleteSame(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, result) = await context.SeedAsync("object", 1, cancellationToken);
        var deleted = await context.Bucket.DeleteAsync(key, new DeleteOptions { IfMatch = result.Tag }, cancellationToken);
        Expect.True(deleted.Outcome is DeleteOutcome.Deleted or DeleteOutcome.Gone, $"the outcome is Deleted or Gone, not {deleted.Outcome}");
        Expect.True(!await context.Bucket.ExistsAsync(key, cancellationToken), "the object is gone");
    }

    private static async Task DeleteStale(ConformanceContext context, CancellationToken cancellationToken)
    {
        var stale = (await context.SeedAsync("object", 1, cancellationToken)).Result.Tag;
        var (key, bytes, _) = await context.SeedAsync("object", 2, cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.PreconditionFailed, null, () => context.Bucket.DeleteAsync(key, new DeleteOptions { IfMatch = stale }, cancellationToken));
        await context.ExpectBytesAsync(key, bytes, "the body", cancellationToken);
    }

    private static async Task DeleteMissing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var tag = (await context.SeedAsync("other", 1, cancellationToken)).Result.Tag;
        await Expect.FailsAsync(
            CloudErrorCode.PreconditionFailed, null, () => context.Bucket.DeleteAsync(context.Key("missing"), new DeleteOptions { IfMatch = tag }, cancellationToken));
    }

    private static async Task DeleteUnsupported(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, result) = await context.SeedAsync("object", 1, cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.Unsupported, null, () => context.Bucket.DeleteAsync(key, new DeleteOptions { IfMatch = result.Tag }, cancellationToken));
        await context.ExpectBytesAsync(key, bytes, "the body", cancellationToken);
    }

    private static async Task SourceSame(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (source, bytes, result) = await context.SeedAsync("source", 1, cancellationToken);
        await context.Bucket.CopyAsync(source, context.Key(), new CopyOptions { SourceIfMatch = result.Tag }, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), bytes, "the copy", cancellationToken);
    }

    private static async Task SourceStale(ConformanceContext context, CancellationToken cancellationToken)
    {
        var stale = (await context.SeedAsync("source", 1, cancellationToken)).Result.Tag;
        var (source, _, _) = await context.SeedAsync("source", 2, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.PreconditionFailed, null, () => context.Bucket.CopyAsync(source, context.Key(), new CopyOptions { SourceIfMatch = stale }, cancellationToken));
        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
    }

    private static async Task SourceUnsupported(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (source, _, result) = await context.SeedAsync("source", 1, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.Unsupported, null, () => context.Bucket.CopyAsync(source, context.Key(), new CopyOptions { SourceIfMatch = result.Tag }, cancellationToken));
        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
    }
}
