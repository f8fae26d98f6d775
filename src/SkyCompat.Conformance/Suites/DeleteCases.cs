using System.Globalization;
using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Deleting one object, many, and all under a prefix.</summary>
internal static class DeleteCases
{
    public static ConformanceSuite Suite { get; } = new("Delete",
    [
        new("delete.existing", [120], "An object is deleted, and seen nowhere afterwards", Existing),
        new("delete.missing", [120], "Deleting a missing key succeeds", Missing),
        new("delete.twice", [120], "Deleting again succeeds", Twice),
        new("delete.siblings", [], "Deleting an object leaves keys that begin with its own", Siblings),
        new("delete.many", [121], "Many keys are deleted: one result each, in the order of the keys", Many) { Shows = BucketFeatures.BatchDelete },
        new("delete.many.long", [121], "More keys than one request takes are deleted, missing and odd ones among them", ManyLong) { Shows = BucketFeatures.BatchDelete },
        new("delete.many.empty", [], "Deleting no keys gives no results", ManyEmpty),
        new("delete.many.duplicates", [121], "A key that is named twice has two results", ManyDuplicates),
        new("delete.many.bad-key", [122], "A key that fails is a result; the others are deleted", ManyBadKey),
        new("delete.many.lazy", [121], "Keys are read as results are", ManyLazy),
        new("delete.many.cancel", [], "Cancelling ends a bulk delete", ManyCancel),
        new("delete.many.source-fails", [], "An exception of the keys' source comes out", ManySourceFails),
        new("delete.prefix", [123], "Everything under a prefix is deleted, and its siblings stay", Prefix),
        new("delete.prefix.nothing", [123], "Deleting under a prefix that no key has deletes nothing", PrefixNothing),
        new("delete.prefix.empty", [123], "An empty prefix is an argument error", PrefixEmpty),
    ]);

    private static async Task Existing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, _) = await context.SeedAsync("object", 1, cancellationToken);
        var result = await context.Bucket.DeleteAsync(key, null, cancellationToken);
        Expect.Equal(key, result.Key);
        Expect.True(result.Outcome is DeleteOutcome.Deleted or DeleteOutcome.Gone, $"the outcome is Deleted or Gone, not {result.Outcome}");
        Expect.Null(result.Error, "the error");
        Expect.True(!await context.Bucket.ExistsAsync(key, cancellationToken), "the look-up finds nothing");
        await Expect.FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => context.Bucket.GetAsync(key, null, cancellationToken));
        Expect.Sequence([], await context.ListKeysAsync(cancellationToken), "the list");
    }

    private static async Task Missing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var result = await context.Bucket.DeleteAsync(context.Key(), null, cancellationToken);
        Expect.True(result.Outcome is DeleteOutcome.Missing or DeleteOutcome.Gone, $"the outcome is Missing or Gone, not {result.Outcome}");
    }

    private static async Task Twice(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, _) = await context.SeedAsync("object", 1, cancellationToken);
        await context.Bucket.DeleteAsync(key, null, cancellationToken);
        await context.Bucket.DeleteAsync(key, null, cancellationToken);
    }

    private static async Task Siblings(ConformanceContext context, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "a", "a/b", "ab" })
        {
            await context.SeedAsync(name, 1, cancellationToken);
        }

        await context.Bucket.DeleteAsync(context.Key("a"), null, cancellationToken);
        Expect.Sequence([context.Key("a/b"), context.Key("ab")], await context.ListKeysAsync(cancellationToken), "the list");
    }

    private static async Task Many(ConformanceContext context, CancellationToken cancellationToken)
    {
        string[] there = ["c", "a", "e/f"];
        foreach (var name in there)
        {
            await context.SeedAsync(name, 1, cancellationToken);
        }

        await context.SeedAsync("kept", 2, cancellationToken);
        string[] keys = context.Keys("e/f", "b", "a", "d", "c");
        var results = await DeleteAsync(context, keys, cancellationToken);
        Expect.Sequence(keys, results.Select(result => result.Key), "the keys of the results");
        foreach (var result in results)
        {
            var wasThere = Array.Exists(there, name => string.Equals(context.Key(name), result.Key, StringComparison.Ordinal));
            Expect.True(
                result.Outcome == DeleteOutcome.Gone || result.Outcome == (wasThere ? DeleteOutcome.Deleted : DeleteOutcome.Missing),
                $"the outcome of {result.Key} is not {result.Outcome} ({result.Error?.Message})");
        }

        Expect.Sequence([context.Key("kept")], await context.ListKeysAsync(cancellationToken), "the list");
    }

    private static async Task ManyLong(ConformanceContext context, CancellationToken cancellationToken)
    {
        var count = context.Capabilities.Supports(BucketFeatures.BatchDelete) ? context.Scale.DeleteCount : context.Scale.DeleteCount / 10;
        string[] odd = [" a", "a ", "a&b", "<a>", "a%20b", "a+b", "\u4e16\u754c", "\U0001F30D", "a\"'b", "a//b"];
        string[] keys = [.. Enumerable.Range(0, count).Select(i => context.Key(string.Create(CultureInfo.InvariantCulture, $"{i:000000}{(i % 100 == 7 ? odd[i / 100 % odd.Length] : "")}")))];
        var there = keys.Where((_, i) => i % 100 == 7).ToList();
        foreach (var key in there)
        {
            await context.Bucket.PutAsync(key, ConformanceContext.Bytes(1), null, cancellationToken);
        }

        var results = await DeleteAsync(context, keys, cancellationToken);
        Expect.Sequence(keys, results.Select(result => result.Key), "the keys of the results");
        Expect.Equal(0, results.Count(result => result.Outcome == DeleteOutcome.Failed), "the number of failures");
        Expect.Sequence([], await context.ListKeysAsync(cancellationToken), "the list");
    }

    private static async Task ManyEmpty(ConformanceContext context, CancellationToken cancellationToken) =>
        Expect.Equal(0, (await DeleteAsync(context, [], cancellationToken)).Count, "the number of results");

    private static async Task ManyDuplicates(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, _) = await context.SeedAsync("object", 1, cancellationToken);
        var results = await DeleteAsync(context, [key, context.Key("b"), key], cancellationToken);
        Expect.Sequence([key, context.Key("b"), key], results.Select(result => result.Key), "the keys of the results");
        Expect.True(results.TrueForAll(result => result.Outcome != DeleteOutcome.Failed), "none failed");
        Expect.Sequence([], await context.ListKeysAsync(cancellationToken), "the list");
    }

    private static async Task ManyBadKey(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.SeedAsync("a", 1, cancellationToken);
        await context.SeedAsync("b", 2, cancellationToken);
        string[] keys = [context.Key("a"), "", new('x', context.Capabilities.MaxKeyBytes + 1), context.Key("b")];
        var results = await DeleteAsync(context, keys, cancellationToken);
        Expect.Sequence(keys, results.Select(result => result.Key), "the keys of the results");
        foreach (var i in new[] { 1, 2 })
        {
            Expect.Equal(DeleteOutcome.Failed, results[i].Outcome);
            var error = Expect.NotNull(results[i].Error, "the error of a bad key");
            Expect.Equal((CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidKey), (error.Code, error.Reason), "the error of a bad key");
        }

        Expect.Sequence([], await context.ListKeysAsync(cancellationToken), "the list");
    }

    private static async Task ManyLazy(ConformanceContext context, CancellationToken cancellationToken)
    {
        // A source without end: results come although it never ends.
        var results = await context.Bucket.DeleteManyAsync(EndlessAsync(), cancellationToken).Take(5).ToListAsync(cancellationToken);
        Expect.Sequence(Enumerable.Range(0, 5).Select(i => context.Key($"{i}")), results.Select(result => result.Key), "the keys of the results");

        async IAsyncEnumerable<string> EndlessAsync()
        {
            for (var i = 0; ; i++)
            {
                await Task.Yield();
                yield return context.Key(i.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static async Task ManyCancel(ConformanceContext context, CancellationToken cancellationToken)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Expect.ThrowsAsync<OperationCanceledException>(
            async () => await context.Bucket.DeleteManyAsync(CancellingAsync(), cancel.Token).ToListAsync(cancellationToken), "the bulk delete");

        async IAsyncEnumerable<string> CancellingAsync()
        {
            yield return context.Key("a");
            await cancel.CancelAsync();
            yield return context.Key("b");
        }
    }

    private static async Task ManySourceFails(ConformanceContext context, CancellationToken cancellationToken)
    {
        await Expect.ThrowsAsync<InvalidTimeZoneException>(
            async () => await context.Bucket.DeleteManyAsync(FailingAsync(), cancellationToken).ToListAsync(cancellationToken), "the bulk delete");

        async IAsyncEnumerable<string> FailingAsync()
        {
            yield return context.Key("a");
            await Task.Yield();
            throw new InvalidTimeZoneException("the source failed");
        }
    }

    private static async Task Prefix(ConformanceContext context, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "x/1", "x/2/3", "x/y/z", "xy/1", "x", "w/x/1" })
        {
            await context.SeedAsync(name, 1, cancellationToken);
        }

        Expect.Equal(3, await context.Bucket.DeletePrefixAsync(context.Key("x/"), cancellationToken), "the number of objects deleted");
        Expect.Sequence(context.Keys("w/x/1", "x", "xy/1"), await context.ListKeysAsync(cancellationToken), "the list");
    }

    private static async Task PrefixNothing(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.SeedAsync("object", 1, cancellationToken);
        Expect.Equal(0, await context.Bucket.DeletePrefixAsync(context.Key("nothing/"), cancellationToken), "the number of objects deleted");
        Expect.Sequence([context.Key()], await context.ListKeysAsync(cancellationToken), "the list");
    }

    private static async Task PrefixEmpty(ConformanceContext context, CancellationToken cancellationToken)
    {
        await Expect.ThrowsAsync<ArgumentException>(() => context.Bucket.DeletePrefixAsync("", cancellationToken));
        await Expect.ThrowsAsync<ArgumentNullException>(() => context.Bucket.DeletePrefixAsync(null!, cancellationToken));
    }

    private static async Task<List<DeleteResult>> DeleteAsync(ConformanceContext context, string[] keys, CancellationToken cancellationToken) =>
        await context.Bucket.DeleteManyAsync(Sequences.Async(keys), cancellationToken).ToListAsync(cancellationToken);
}
