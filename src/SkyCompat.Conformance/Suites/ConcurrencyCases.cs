using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Many callers at once.</summary>
internal static class ConcurrencyCases
{
    private const int Callers = 20;

    public static ConformanceSuite Suite { get; } = new("Concurrency",
    [
        new("concurrency.writers-and-readers", [147], "Writers and readers of many keys see their own bytes", WritersAndReaders),
        new("concurrency.one-key", [147], "Readers of a key that is rewritten see one content or another, never a mixture", OneKey),
        new("concurrency.last-write", [147], "Of writers of one key, one wins wholly", LastWrite),
        new("concurrency.readers-of-one-object", [147], "Readers of one object see the same bytes", ReadersOfOneObject),
        new("concurrency.lists", [147], "Lists at the same time are whole", Lists),
        new("concurrency.uploads", [59, 147], "Large writes at the same time are whole", Uploads),
        new("concurrency.deletes", [147], "Deletes of one key at the same time all succeed", Deletes),
        new("concurrency.instances", [147], "Instances of one bucket see each other's writes", Instances),
    ]);

    private static Task WritersAndReaders(ConformanceContext context, CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
    {
        var key = context.Key($"{caller}");
        for (var round = 0; round < 3; round++)
        {
            var bytes = ConformanceContext.Bytes(10_000 + caller, (caller * 10) + round);
            await context.Bucket.PutAsync(key, bytes, null, cancellationToken);
            await context.ExpectBytesAsync(key, bytes, $"the object of caller {caller}", cancellationToken);
        }
    }));

    private static async Task OneKey(ConformanceContext context, CancellationToken cancellationToken)
    {
        byte[][] contents = [.. Enumerable.Range(0, 5).Select(seed => ConformanceContext.Bytes(100_000 + seed, seed))];
        await context.Bucket.PutAsync(context.Key(), contents[0], null, cancellationToken);
        var writers = Enumerable.Range(0, 10).Select(i => context.Bucket.PutAsync(context.Key(), contents[i % contents.Length], null, cancellationToken));
        var readers = Enumerable.Range(0, Callers).Select(async _ =>
        {
            byte[] read;
            try
            {
                read = await context.Bucket.GetBytesAsync(context.Key(), null, cancellationToken);
            }
            catch (CloudException exception) when (string.Equals(exception.Reason, ObjectStorageErrorReasons.ObjectChanged, StringComparison.Ordinal))
            {
                return;
            }

            Expect.True(Array.Exists(contents, content => content.AsSpan().SequenceEqual(read)), "the object is one of the contents");
        });
        await Task.WhenAll([.. writers, .. readers]);
    }

    private static async Task LastWrite(ConformanceContext context, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(seed => context.Bucket.PutAsync(
            context.Key(), ConformanceContext.Bytes(1_000, seed), new PutOptions { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["seed"] = $"{seed}" } }, cancellationToken)));
        await using var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
        var winner = int.Parse(content.Info.Metadata["seed"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
        Expect.Bytes(ConformanceContext.Bytes(1_000, winner), await content.ReadBytesAsync(cancellationToken), "the bytes that belong to the metadata");
    }

    private static async Task ReadersOfOneObject(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(500_000);
        await context.Bucket.PutAsync(context.Key(), bytes, null, cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => context.ExpectBytesAsync(context.Key(), bytes, "the body", cancellationToken)));
    }

    private static async Task Lists(ConformanceContext context, CancellationToken cancellationToken)
    {
        var fixture = await ListFixture.FewAsync(context, cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var keys = await context.Bucket.ListAsync(new ListOptions { Prefix = fixture.Prefix, PageSize = 5 + i }, cancellationToken).Select(entry => entry.Key).ToListAsync(cancellationToken);
            Expect.Sequence(fixture.Keys, keys, $"list {i}");
        }));
    }

    private static Task Uploads(ConformanceContext context, CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
    {
        var bytes = context.LargeBytes(context.Scale.LargeBytes, i);
        await context.Bucket.PutAsync(context.Key($"{i}"), new UnseekableStream(bytes), null, cancellationToken);
        await context.ExpectBytesAsync(context.Key($"{i}"), bytes, $"upload {i}", cancellationToken);
    }));

    private static async Task Deletes(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.SeedAsync("object", 1, cancellationToken);
        var results = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => context.Bucket.DeleteAsync(context.Key(), null, cancellationToken)));
        Expect.True(Array.TrueForAll(results, result => result.Outcome != DeleteOutcome.Failed), "none failed");
        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
    }

    private static async Task Instances(ConformanceContext context, CancellationToken cancellationToken)
    {
        var other = context.Storage.GetBucket(context.Bucket.Name);
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        Expect.Bytes(bytes, await other.GetBytesAsync(key, null, cancellationToken), "what the other instance reads");
        await other.DeleteAsync(key, null, cancellationToken);
        await context.ExpectAbsentAsync(key, cancellationToken);
    }
}
