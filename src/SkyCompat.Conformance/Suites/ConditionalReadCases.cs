using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Reads under conditions of tag and time.</summary>
internal static class ConditionalReadCases
{
    private static readonly TimeSpan TenHours = TimeSpan.FromHours(10);

    public static ConformanceSuite Suite { get; } = new("ConditionalReads",
    [
        Serves("read-if.match.same", [31], info => new ReadCondition { IfMatch = info.Tag }),
        Fails("read-if.match.other", [31], info => new ReadCondition { IfMatch = Other(info) }, null),
        Serves("read-if.none-match.other", [32], info => new ReadCondition { IfNoneMatch = Other(info) }),
        Fails("read-if.none-match.same", [32], info => new ReadCondition { IfNoneMatch = info.Tag }, ObjectStorageErrorReasons.NotModified),
        Serves("read-if.modified-since.before", [33], info => new ReadCondition { IfModifiedSince = info.LastModified - TenHours }),
        Fails("read-if.modified-since.same", [33], info => new ReadCondition { IfModifiedSince = info.LastModified }, ObjectStorageErrorReasons.NotModified),
        Fails("read-if.modified-since.after", [33], info => new ReadCondition { IfModifiedSince = info.LastModified + TenHours }, ObjectStorageErrorReasons.NotModified),
        Serves("read-if.unmodified-since.after", [33], info => new ReadCondition { IfUnmodifiedSince = info.LastModified + TenHours }),
        Serves("read-if.unmodified-since.same", [33], info => new ReadCondition { IfUnmodifiedSince = info.LastModified }),
        Fails("read-if.unmodified-since.before", [33], info => new ReadCondition { IfUnmodifiedSince = info.LastModified - TenHours }, null),
        Serves("read-if.all-hold", [], info => new ReadCondition
        {
            IfMatch = info.Tag,
            IfNoneMatch = Other(info),
            IfModifiedSince = info.LastModified - TenHours,
            IfUnmodifiedSince = info.LastModified + TenHours,
        }),
        Fails("read-if.match-fails-none-match-holds", [], info => new ReadCondition { IfMatch = Other(info), IfNoneMatch = Other(info) }, null),
        Fails("read-if.match-holds-none-match-fails", [], info => new ReadCondition { IfMatch = info.Tag, IfNoneMatch = info.Tag }, ObjectStorageErrorReasons.NotModified),
        Fails("read-if.match-holds-unmodified-since-fails", [], info => new ReadCondition { IfMatch = info.Tag, IfUnmodifiedSince = info.LastModified - TenHours }, null),
        Fails("read-if.none-match-holds-modified-since-fails", [], info => new ReadCondition { IfNoneMatch = Other(info), IfModifiedSince = info.LastModified }, ObjectStorageErrorReasons.NotModified),
        new("read-if.match.stale", [31], "The tag of overwritten content no longer matches", StaleTag),
        new("read-if.missing", [], "A conditional read of a missing key is NotFound, whatever the condition", Missing),
        new("read-if.range", [31], "A range is read under a condition", WithRange),
        new("read-if.parallel", [31], "A read in parallel ranges obeys the condition", InParallel),
        new("read-if.empty", [], "A condition with nothing set is none", Empty),
    ]);

    private static ConformanceCase Serves(string id, int[] numbers, Func<ObjectInfo, ReadCondition> condition) =>
        new(id, numbers, "A read whose conditions all hold gives the object", async (context, cancellationToken) =>
        {
            var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
            var info = await context.Bucket.GetInfoAsync(key, cancellationToken);
            Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(key, new GetOptions { Condition = condition(info) }, cancellationToken), "the body");
        });

    private static ConformanceCase Fails(string id, int[] numbers, Func<ObjectInfo, ReadCondition> condition, string? reason) =>
        new(id, numbers, "A read of which a condition does not hold is PreconditionFailed", async (context, cancellationToken) =>
        {
            var (key, _, _) = await context.SeedAsync("object", 1, cancellationToken);
            var info = await context.Bucket.GetInfoAsync(key, cancellationToken);
            var error = await Expect.FailsAsync(
                CloudErrorCode.PreconditionFailed, reason, () => context.Bucket.GetAsync(key, new GetOptions { Condition = condition(info) }, cancellationToken), "the read");
            Expect.True(reason is not null || !string.Equals(error.Reason, ObjectStorageErrorReasons.NotModified, StringComparison.Ordinal), "the reason is not NotModified");
            Expect.True(!error.IsTransient, "the failure is not transient");
        });

    private static async Task StaleTag(ConformanceContext context, CancellationToken cancellationToken)
    {
        var stale = (await context.SeedAsync("object", 1, cancellationToken)).Result.Tag;
        var (key, bytes, _) = await context.SeedAsync("object", 2, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.PreconditionFailed, null, () => context.Bucket.GetAsync(key, new GetOptions { Condition = new ReadCondition { IfMatch = stale } }, cancellationToken));
        var options = new GetOptions { Condition = new ReadCondition { IfNoneMatch = stale } };
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(key, options, cancellationToken), "the read if the content is another than the stale one");
    }

    private static async Task Missing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, result) = await context.SeedAsync("object", 1, cancellationToken);
        var info = await context.Bucket.GetInfoAsync(key, cancellationToken);
        ReadCondition[] conditions =
        [
            new() { IfMatch = result.Tag }, new() { IfNoneMatch = result.Tag }, new() { IfModifiedSince = info.LastModified }, new() { IfUnmodifiedSince = info.LastModified - TenHours },
        ];
        foreach (var condition in conditions)
        {
            await Expect.FailsAsync(
                CloudErrorCode.NotFound,
                ObjectStorageErrorReasons.ObjectNotFound,
                () => context.Bucket.GetAsync(context.Key("not-there"), new GetOptions { Condition = condition }, cancellationToken),
                condition.ToString());
        }
    }

    private static async Task WithRange(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, result) = await context.SeedAsync("object", 1, cancellationToken);
        var options = new GetOptions { Range = ByteRange.Slice(10, 20), Condition = new ReadCondition { IfMatch = result.Tag } };
        Expect.Bytes(bytes.AsMemory(10, 20), await context.Bucket.GetBytesAsync(key, options, cancellationToken), "the range");
        foreach (var range in new[] { ByteRange.Slice(10, 20), ByteRange.Suffix(10), ByteRange.Slice(10, 0) })
        {
            await Expect.FailsAsync(
                CloudErrorCode.PreconditionFailed,
                ObjectStorageErrorReasons.NotModified,
                () => context.Bucket.GetAsync(key, new GetOptions { Range = range, Condition = new ReadCondition { IfNoneMatch = result.Tag } }, cancellationToken),
                $"the range {range}");
        }
    }

    private static async Task InParallel(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(300_000);
        var key = context.Key();
        var tag = (await context.Bucket.PutAsync(key, bytes, null, cancellationToken)).Tag;
        var options = new GetOptions { Concurrency = 4, PartSizeBytes = 65_536, Condition = new ReadCondition { IfMatch = tag } };
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(key, options, cancellationToken), "the body");
        await Expect.FailsAsync(
            CloudErrorCode.PreconditionFailed,
            ObjectStorageErrorReasons.NotModified,
            () => context.Bucket.GetAsync(key, options with { Condition = new ReadCondition { IfNoneMatch = tag } }, cancellationToken));
    }

    private static async Task Empty(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        Expect.Bytes(bytes, await context.Bucket.GetBytesAsync(key, new GetOptions { Condition = new ReadCondition() }, cancellationToken), "the body");
    }

    /// <summary>A tag of the same shape that no content here has.</summary>
    private static VersionTag Other(ObjectInfo info)
    {
        var text = info.Tag.ToString();
        var digit = text.LastIndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        return VersionTag.Parse(digit < 0 ? text + "0" : $"{text[..digit]}{(text[digit] == '1' ? '2' : '1')}{text[(digit + 1)..]}");
    }
}
