using System.Collections.Concurrent;
using System.Globalization;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Internal;

/// <summary>Objects that many cases list and none changes: made once, by the first case that asks.</summary>
internal sealed class ListFixture(string prefix, IReadOnlyList<string> names)
{
    private static readonly string[] FewNames =
    [
        "a.txt", "back\\slash\\one", "back\\slash\\two", "back\\x", "dir/1", "dir/2", "dir/sub/x", "dir/sub/y", "dir/sub2/z", "dir0", "foo", "foo/bar", "foobar",
        "t-/a", "t-/b", "t/a", "t/b", "xabcy", "xabcz", "xabd", "z\uff5e", "z\U0001F30D", "\u00e9/x",
    ];

    public string Prefix => prefix;

    /// <summary>The keys in the order of a list.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. names.Select(name => prefix + name).Order(KeyOrder.Instance)];

    /// <summary>A tree of some twenty objects in which every rule of lists shows.</summary>
    public static Task<ListFixture> FewAsync(ConformanceContext context, CancellationToken cancellationToken) => GetAsync(context, "fixture-few/", FewNames, cancellationToken);

    /// <summary>More objects than a page holds, in ten folders.</summary>
    public static Task<ListFixture> ManyAsync(ConformanceContext context, CancellationToken cancellationToken) =>
        GetAsync(context, "fixture-many/", [.. Enumerable.Range(0, context.Scale.ListCount).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 10}/{i:000000}"))], cancellationToken);

    /// <summary>The size of an object, different enough to be mistaken for no other's.</summary>
    public static int SizeOf(string key) => key.Sum(c => c) % 97;

    /// <summary>What a list must give, in order.</summary>
    public IReadOnlyList<(ListEntryKind Kind, string Key)> Expected(string? prefixOfList, string? delimiter, string? startAfter)
    {
        var entries = new List<(ListEntryKind Kind, string Key)>();
        foreach (var key in Keys.Where(key => key.StartsWith(prefixOfList ?? "", StringComparison.Ordinal)))
        {
            var end = string.IsNullOrEmpty(delimiter) ? -1 : key.IndexOf(delimiter, prefixOfList?.Length ?? 0, StringComparison.Ordinal);
            var entry = end < 0 ? (ListEntryKind.Object, key) : (ListEntryKind.Prefix, key[..(end + delimiter!.Length)]);
            if ((startAfter is null || KeyOrder.Instance.Compare(entry.Item2, startAfter) > 0) && (entries.Count == 0 || entries[^1] != entry))
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private static async Task<ListFixture> GetAsync(ConformanceContext context, string prefix, IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        (ListFixture)await context.Harness.ShareAsync(prefix, async () =>
        {
            var carried = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(
                names,
                new ParallelOptions { MaxDegreeOfParallelism = context.Scale.Parallelism, CancellationToken = CancellationToken.None },
                async (name, token) =>
                {
                    if (await TryPutAsync(context, prefix + name, token))
                    {
                        carried.Add(name);
                    }
                });
            return new ListFixture(prefix, [.. carried]);
        }).WaitAsync(cancellationToken);

    /// <summary>Of keys that the store cannot carry there is no list; the cases about keys tell which those are.</summary>
    private static async Task<bool> TryPutAsync(ConformanceContext context, string key, CancellationToken cancellationToken)
    {
        try
        {
            await context.Bucket.PutAsync(key, ConformanceContext.Bytes(SizeOf(key)), null, cancellationToken);
            return true;
        }
        catch (CloudException exception) when (KeyRefusal.Explains(exception))
        {
            return false;
        }
    }
}
