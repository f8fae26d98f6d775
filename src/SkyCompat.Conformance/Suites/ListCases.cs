using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Lists: which entries, in which order, over any pages.</summary>
internal static class ListCases
{
    private static readonly int[] PageSizes = [0, 1, 2, 3, 1000];

    public static ConformanceSuite Suite { get; } = new("List",
    [
        .. from query in Queries
           from pageSize in query.PageSizes
           select new ConformanceCase($"list.{query.Id}.page-{pageSize}", query.Numbers, query.Title, (c, t) => Query(c, query, pageSize, t)) { Shows = BucketFeatures.OrderedList },
        new("list.empty-bucket", [104], "The list of an empty bucket is empty", EmptyBucket),
        new("list.whole-bucket", [104], "A list without options gives everything", WholeBucket),
        new("list.nothing-under-prefix", [104], "A list under a prefix that no key has is empty, on one last page", NothingUnderPrefix),
        new("list.order.bytes", [107], "The order is that of UTF-8 bytes, across pages", ByteOrder) { Requires = BucketFeatures.OrderedList },
        new("list.prefix.literal", [111], "Characters that mean something elsewhere mean nothing in a prefix", LiteralPrefix),
        new("list.trailing-slash", [112], "A key that ends in the delimiter is an object under its own prefix", TrailingSlash) { Requires = BucketFeatures.TrailingSlashKey },
        new("list.entries", [116], "Entries carry size, tag and instant; prefixes carry none", Entries),
        new("list.page-size", [104], "No page is longer than asked for", PageSize),
        new("list.page-size.negative", [], "A negative page size is an argument error", NegativePageSize),
        new("list.token.other-instance", [105], "A token is taken by another instance of the bucket, and more than once", TokenElsewhere),
        new("list.token.bad", [105], "A token that no list gave is refused", BadToken),
        new("list.changing", [106], "Inserts and deletes in pages already seen neither repeat nor skip a key", Changing),
        new("list.deleted", [], "A deleted object is not listed", Deleted),
        new("list.cancel", [117], "Cancelling ends an enumeration", Cancel),
        .. Many.Select(many => new ConformanceCase($"list.many.{many.Id}", [115, .. many.Numbers], "A list of more than a page is whole and in order", (c, t) => ListMany(c, many.Query, t))),
        new("list.many.entries", [115, 116], "Entries of every page carry their own size", ManyEntries),
        new("list.many.over-5000", [115], "A list of more than five thousand keys is whole and in order", Over5000),
    ]);

    private static ListQuery[] Queries =>
    [
        new("all", [104, 107], "All pages together give all keys", null, null, null),
        new("delimiter.slash", [108, 110], "Keys are rolled up at the delimiter; each prefix appears once", null, "/", null),
        new("delimiter.backslash", [108], "A backslash is a delimiter like any other", "back", "\\", null),
        new("delimiter.word", [108], "A delimiter may have several characters", "x", "abc", null),
        new("delimiter.across", [108], "A delimiter may include a slash", "dir/", "ub/", null),
        new("delimiter.absent", [108], "A delimiter that no key has changes nothing", null, "#", null),
        new("delimiter.dash", [109], "'t-/' comes before 't/'", "t", "/", null) { PageSizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
        new("prefix.folder", [111], "A prefix selects keys", "dir/", null, null),
        new("prefix.folder-delimiter", [108, 111], "A folder's own level is listed", "dir/", "/", null),
        new("prefix.partial-delimiter", [108, 111], "A prefix may end inside a name", "dir/s", "/", null),
        new("prefix.foo", [111], "'foo' selects 'foobar' too", "foo", null, null),
        new("prefix.foo-slash", [111], "'foo/' does not select 'foobar'", "foo/", null, null),
        new("prefix.foo-delimiter", [111, 112], "A key that is also a prefix is listed beside it", "foo", "/", null),
        new("prefix.exact", [112], "A key is under itself as a prefix", "foobar", null, null),
        new("prefix.unicode", [111], "A prefix may be any text", "\u00e9", "/", null),
        new("after.existing", [113], "Keys after an existing key, which is left out", null, null, "dir/2"),
        new("after.absent", [113], "Keys after a key that does not exist", null, null, "dir/15"),
        new("after.first", [113], "Keys after the first", null, null, "a.txt"),
        new("after.before-all", [113], "All keys are after one that would be first", null, null, "!"),
        new("after.last", [113], "No key is after the last", null, null, "\u00e9/x"),
        new("after.unicode", [107, 113], "After is meant in the order of UTF-8 bytes", null, null, "z\uff5e"),
        new("after.in-prefix", [113], "After a key under the prefix", "dir/", null, "dir/2"),
        new("after.before-prefix", [113], "After a key before the prefix: all of the prefix", "dir/", null, "a"),
        new("after.beyond-prefix", [113], "After a key beyond the prefix: nothing", "dir/", null, "e"),
        new("after.delimiter", [114], "After a name before a folder: the folder is listed", null, "/", "dir"),
        new("after.delimiter.folder", [114], "After a folder's own prefix: the folder is left out", null, "/", "dir/"),
        new("after.delimiter.inside", [114], "After a key inside a folder: the folder is left out", null, "/", "dir/1"),
        new("after.delimiter.object", [114], "After an object that is also a folder's name: the folder is listed", null, "/", "foo"),
        new("after.delimiter.sub", [114], "After a folder inside the prefix", "dir/", "/", "dir/sub/"),
    ];

    private static (string Id, int[] Numbers, ListOptions Query)[] Many =>
    [
        ("default", [], new ListOptions()),
        ("page-1000", [], new ListOptions { PageSize = 1000 }),
        ("page-333", [], new ListOptions { PageSize = 333 }),
        ("page-too-large", [], new ListOptions { PageSize = int.MaxValue }),
        ("delimiter", [110], new ListOptions { Delimiter = "/" }),
        ("delimiter-page-1", [110], new ListOptions { Delimiter = "/", PageSize = 1 }),
        ("delimiter-page-3", [110], new ListOptions { Delimiter = "/", PageSize = 3 }),
        ("prefix", [], new ListOptions { Prefix = "3/" }),
        ("after", [113], new ListOptions { StartAfter = "4/" }),
        ("after-page-7", [113], new ListOptions { StartAfter = "9/", PageSize = 7 }),
    ];

    private static async Task Query(ConformanceContext context, ListQuery query, int pageSize, CancellationToken cancellationToken)
    {
        var fixture = await ListFixture.FewAsync(context, cancellationToken);
        await ExpectListAsync(
            context,
            fixture,
            new ListOptions { Prefix = fixture.Prefix + query.Prefix, Delimiter = query.Delimiter, StartAfter = query.StartAfter is null ? null : fixture.Prefix + query.StartAfter, PageSize = pageSize },
            cancellationToken);
    }

    private static async Task ListMany(ConformanceContext context, ListOptions query, CancellationToken cancellationToken)
    {
        var fixture = await ListFixture.ManyAsync(context, cancellationToken);
        await ExpectListAsync(
            context, fixture, query with { Prefix = fixture.Prefix + query.Prefix, StartAfter = query.StartAfter is null ? null : fixture.Prefix + query.StartAfter }, cancellationToken);
    }

    private static async Task ExpectListAsync(ConformanceContext context, ListFixture fixture, ListOptions options, CancellationToken cancellationToken)
    {
        var listed = new List<(ListEntryKind Kind, string Key)>();
        var next = options;
        do
        {
            var page = await context.Bucket.ListPageAsync(next, cancellationToken);
            Expect.True(options.PageSize == 0 || page.Entries.Count <= options.PageSize, $"a page of {page.Entries.Count} entries is no longer than {options.PageSize}");
            Expect.True(page.Entries.Count <= context.Capabilities.MaxPageSize, $"a page of {page.Entries.Count} entries is no longer than {context.Capabilities.MaxPageSize}");
            listed.AddRange(page.Entries.Select(entry => (entry.Kind, entry.Key)));
            Expect.True(listed.Count <= fixture.Keys.Count, "the list ends");
            next = options with { ContinuationToken = page.ContinuationToken };
        }
        while (next.ContinuationToken is not null);

        var expected = fixture.Expected(options.Prefix, options.Delimiter, options.StartAfter);
        if (!context.Capabilities.Supports(BucketFeatures.OrderedList))
        {
            listed = [.. listed.OrderBy(entry => entry.Key, KeyOrder.Instance)];
        }

        Expect.Sequence(expected, listed, "the list");
    }

    private static async Task EmptyBucket(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await context.Harness.NewBucketAsync(cancellationToken);
        var page = await bucket.ListPageAsync(null, cancellationToken);
        Expect.Equal(0, page.Entries.Count);
        Expect.Null(page.ContinuationToken, "the token of the last page");
    }

    private static async Task WholeBucket(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bucket = await context.Harness.NewBucketAsync(cancellationToken);
        foreach (var key in new[] { "b", "a/c", "a" })
        {
            await bucket.PutAsync(key, ConformanceContext.Bytes(1), null, cancellationToken);
        }

        var keys = await bucket.ListAsync(null, cancellationToken).Select(entry => entry.Key).ToListAsync(cancellationToken);
        Expect.Sequence(["a", "a/c", "b"], keys, "the list");
        var none = await bucket.ListAsync(new ListOptions { Prefix = "", Delimiter = "" }, cancellationToken).CountAsync(cancellationToken);
        Expect.Equal(3, none, "the number of keys with an empty prefix and delimiter");
    }

    private static async Task NothingUnderPrefix(ConformanceContext context, CancellationToken cancellationToken)
    {
        var page = await context.Bucket.ListPageAsync(new ListOptions { Prefix = context.Prefix, Delimiter = "/" }, cancellationToken);
        Expect.Equal(0, page.Entries.Count);
        Expect.Null(page.ContinuationToken, "the token of the last page");
    }

    private static async Task ByteOrder(ConformanceContext context, CancellationToken cancellationToken)
    {
        string[] names = ["\uffee", "\U0001F30D", "\ue000", "~", "A", "a", "_", "\u00e9", "\u4e16", "0", "-", "\U0010FFFD"];
        foreach (var name in names)
        {
            await context.Bucket.PutAsync(context.Key(name), ConformanceContext.Bytes(1), null, cancellationToken);
        }

        foreach (var pageSize in new[] { 0, 1, 5, 7 })
        {
            var listed = await context.Bucket.ListAsync(new ListOptions { Prefix = context.Prefix, PageSize = pageSize }, cancellationToken).Select(entry => entry.Key).ToListAsync(cancellationToken);
            Expect.Sequence(names.Select(context.Key).Order(KeyOrder.Instance), listed, $"the list in pages of {pageSize}");
        }
    }

    private static async Task LiteralPrefix(ConformanceContext context, CancellationToken cancellationToken)
    {
        string[] starts = ["a*", "a?", "a%", "a_", "a+", "a.", "a[b]", "a&b", "a b", "a%20", "A"];
        foreach (var start in starts)
        {
            await context.Bucket.PutAsync(context.Key(start + "-x"), ConformanceContext.Bytes(1), null, cancellationToken);
        }

        foreach (var start in starts)
        {
            var listed = await context.Bucket.ListAsync(new ListOptions { Prefix = context.Key(start) }, cancellationToken).Select(entry => entry.Key).ToListAsync(cancellationToken);
            Expect.Sequence(starts.Where(other => (other + "-x").StartsWith(start, StringComparison.Ordinal)).Select(other => context.Key(other + "-x")).Order(KeyOrder.Instance), listed, $"the list under '{start}'");
        }
    }

    private static async Task TrailingSlash(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.SeedAsync("dir/", 1, cancellationToken);
        await context.SeedAsync("dir/x", 2, cancellationToken);
        var inside = await ListAsync(context, "dir/");
        Expect.Sequence([(ListEntryKind.Object, context.Key("dir/")), (ListEntryKind.Object, context.Key("dir/x"))], inside, "the list of the folder");
        var above = await ListAsync(context, "");
        Expect.Sequence([(ListEntryKind.Prefix, context.Key("dir/"))], above, "the list of the folder above");

        async Task<List<(ListEntryKind Kind, string Key)>> ListAsync(ConformanceContext context, string prefix) =>
            await context.Bucket.ListAsync(new ListOptions { Prefix = context.Key(prefix), Delimiter = "/" }, cancellationToken).Select(entry => (entry.Kind, entry.Key)).ToListAsync(cancellationToken);
    }

    private static async Task Entries(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, result) = await context.SeedAsync("object", 1, cancellationToken);
        await context.SeedAsync("folder/object", 2, cancellationToken);
        var info = await context.Bucket.GetInfoAsync(key, cancellationToken);
        var page = await context.Bucket.ListPageAsync(new ListOptions { Prefix = context.Prefix, Delimiter = "/" }, cancellationToken);
        var folder = page.Entries.Single(entry => entry.Kind == ListEntryKind.Prefix);
        Expect.Equal((context.Key("folder/"), 0L, true), (folder.Key, folder.Size, folder.Tag.IsEmpty), "the prefix");
        var entry = page.Entries.Single(candidate => candidate.Kind == ListEntryKind.Object);
        Expect.Equal((key, bytes.Length, result.Tag), (entry.Key, (int)entry.Size, entry.Tag), "the entry");
        Expect.Equal(StorageTier.Standard, entry.Tier);

        // Some providers tell fractions of a second in lists and whole seconds in headers.
        Expect.True((entry.LastModified - info.LastModified).Duration() < TimeSpan.FromSeconds(1), $"{entry.LastModified:O} is the second of {info.LastModified:O}");
        Expect.Equal(TimeSpan.Zero, entry.LastModified.Offset);
    }

    private static async Task PageSize(ConformanceContext context, CancellationToken cancellationToken)
    {
        var fixture = await ListFixture.FewAsync(context, cancellationToken);
        foreach (var size in PageSizes.Where(size => size > 0))
        {
            var page = await context.Bucket.ListPageAsync(new ListOptions { Prefix = fixture.Prefix, PageSize = size }, cancellationToken);
            Expect.True(page.Entries.Count <= size, $"a page of {page.Entries.Count} entries is no longer than {size}");
            Expect.Equal(size < fixture.Keys.Count, page.ContinuationToken is not null, $"that more pages follow one of {size}");
        }
    }

    private static Task NegativePageSize(ConformanceContext context, CancellationToken cancellationToken) =>
        Expect.RefusedAsync(() => context.Bucket.ListPageAsync(new ListOptions { PageSize = -1 }, cancellationToken));

    private static async Task TokenElsewhere(ConformanceContext context, CancellationToken cancellationToken)
    {
        var fixture = await ListFixture.FewAsync(context, cancellationToken);
        var options = new ListOptions { Prefix = fixture.Prefix, PageSize = 4 };
        var first = await context.Bucket.ListPageAsync(options, cancellationToken);
        var stored = new string(Expect.NotNull(first.ContinuationToken, "the token").ToCharArray());
        var other = context.Storage.GetBucket(context.Bucket.Name);
        foreach (var attempt in new[] { "first", "second" })
        {
            var rest = await other.ListAsync(options with { ContinuationToken = stored }, cancellationToken).Select(entry => entry.Key).ToListAsync(cancellationToken);
            Expect.Sequence(fixture.Keys, first.Entries.Select(entry => entry.Key).Concat(rest), $"the list that went on elsewhere, {attempt} time");
        }
    }

    private static Task<CloudException> BadToken(ConformanceContext context, CancellationToken cancellationToken) => Expect.FailsAsync(
        CloudErrorCode.InvalidArgument,
        ObjectStorageErrorReasons.InvalidToken,
        () => context.Bucket.ListPageAsync(new ListOptions { ContinuationToken = "no list gave this" }, cancellationToken));

    private static async Task Changing(ConformanceContext context, CancellationToken cancellationToken)
    {
        foreach (var name in "bcdefghij")
        {
            await context.Bucket.PutAsync(context.Key(name.ToString()), ConformanceContext.Bytes(1), null, cancellationToken);
        }

        var options = new ListOptions { Prefix = context.Prefix, PageSize = 3 };
        var first = await context.Bucket.ListPageAsync(options, cancellationToken);
        Expect.Sequence(context.Keys("b", "c", "d"), first.Entries.Select(entry => entry.Key), "the first page");
        await context.Bucket.PutAsync(context.Key("a"), ConformanceContext.Bytes(1), null, cancellationToken);
        await context.Bucket.DeleteAsync(context.Key("c"), null, cancellationToken);
        await context.Bucket.DeleteAsync(context.Key("d"), null, cancellationToken);
        var rest = await context.Bucket.ListAsync(options with { ContinuationToken = first.ContinuationToken }, cancellationToken).Select(entry => entry.Key).ToListAsync(cancellationToken);
        Expect.Sequence("efghij".Select(name => context.Key(name.ToString())), rest, "the pages after the change");
    }

    private static async Task Deleted(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, _) = await context.SeedAsync("a", 1, cancellationToken);
        await context.SeedAsync("b", 2, cancellationToken);
        await context.Bucket.DeleteAsync(key, null, cancellationToken);
        Expect.Sequence([context.Key("b")], await context.ListKeysAsync(cancellationToken), "the list");
    }

    private static async Task Cancel(ConformanceContext context, CancellationToken cancellationToken)
    {
        var fixture = await ListFixture.FewAsync(context, cancellationToken);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var seen = 0;
        await Expect.ThrowsAsync<OperationCanceledException>(
            async () =>
            {
                await foreach (var entry in context.Bucket.ListAsync(new ListOptions { Prefix = fixture.Prefix, PageSize = 2 }, cancel.Token))
                {
                    _ = entry;
                    seen++;
                    await cancel.CancelAsync();
                }
            },
            "the enumeration");
        Expect.Equal(1, seen, "the number of entries seen");
    }

    private static async Task ManyEntries(ConformanceContext context, CancellationToken cancellationToken)
    {
        var fixture = await ListFixture.ManyAsync(context, cancellationToken);
        await foreach (var entry in context.Bucket.ListAsync(new ListOptions { Prefix = fixture.Prefix }, cancellationToken))
        {
            Expect.Equal(ListFixture.SizeOf(entry.Key), entry.Size, $"the size of {entry.Key}");
            Expect.True(!entry.Tag.IsEmpty, $"there is a tag of {entry.Key}");
        }
    }

    private static Task Over5000(ConformanceContext context, CancellationToken cancellationToken)
    {
        ConformanceContext.SkipIf(context.Scale.ListCount <= 5_000, $"The run's longest list has {context.Scale.ListCount} keys.");
        return ListMany(context, new ListOptions(), cancellationToken);
    }

    private sealed record ListQuery(string Id, int[] Numbers, string Title, string? Prefix, string? Delimiter, string? StartAfter)
    {
        public int[] PageSizes { get; init; } = [0, 1, 2, 3, 1000];
    }
}
