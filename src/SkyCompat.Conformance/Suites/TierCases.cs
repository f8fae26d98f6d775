using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Storage tiers. Not every provider with tiers has each of them: one that it lacks is refused, and the case is skipped.</summary>
internal static class TierCases
{
    private static readonly StorageTier[] Tiers = [StorageTier.Infrequent, StorageTier.Cold, StorageTier.Archive];

    public static ConformanceSuite Suite { get; } = new("Tiers",
    [
        new("tiers.standard", [], "The standard tier is the default, and may be named", Standard),
        .. Tiers.Select(tier => Case($"tiers.put.{tier.ToString().ToLowerInvariant()}", "An object is written to a tier, and told so by look-up and list", (c, t) => Put(c, tier, WritePath.Put, t))),
        .. WritePath.All.Where(path => path != WritePath.Put).Select(path => Case($"tiers.through.{path.Name}", "The tier is carried on each way of writing", (c, t) => Put(c, StorageTier.Infrequent, path, t), path.Requires)),
        Case("tiers.read", "An object in a tier other than the archive is read at once", Read),
        Case("tiers.set", "An object is moved to a tier and back", Set),
        Case("tiers.set.missing", "Moving a missing key is NotFound", SetMissing),
        Case("tiers.copy-onto-itself", "A copy onto itself that changes the tier is made", CopyOntoItself),
        new("tiers.archive.read", [], "An archived object is read at once; where the bucket does not declare that, it is Conflict until it is moved or restored", ReadArchived)
        {
            Requires = BucketFeatures.Tiers | BucketFeatures.InstantArchive,
            WhenUnsupported = RefuseArchived,
        },
    ]);

    private static ConformanceCase Case(string id, string title, Func<ConformanceContext, CancellationToken, Task> body, BucketFeatures also = BucketFeatures.None) =>
        new(id, [], title, body) { Requires = BucketFeatures.Tiers | also, WhenUnsupported = Unsupported };

    private static async Task Unsupported(ConformanceContext context, CancellationToken cancellationToken)
    {
        if (context.Capabilities.Supports(BucketFeatures.Tiers))
        {
            return;
        }

        var options = new PutOptions { Tier = StorageTier.Infrequent };
        await Expect.FailsAsync(
            CloudErrorCode.Unsupported, null, () => context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), options, cancellationToken), "PutAsync to a tier");
        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
        if (context.Bucket.GetService<IObjectTiers>() is { } tiers)
        {
            await Expect.FailsAsync(CloudErrorCode.Unsupported, null, () => tiers.SetTierAsync(context.Key(), StorageTier.Infrequent, cancellationToken));
        }
    }

    private static async Task Standard(ConformanceContext context, CancellationToken cancellationToken)
    {
        var options = new PutOptions { Tier = StorageTier.Standard };
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), options, cancellationToken);
        await ExpectTierAsync(context, StorageTier.Standard, cancellationToken);
    }

    private static async Task Put(ConformanceContext context, StorageTier tier, WritePath path, CancellationToken cancellationToken)
    {
        await WriteOrSkipAsync(context, tier, path, cancellationToken);
        await ExpectTierAsync(context, tier, cancellationToken);
    }

    private static async Task Read(ConformanceContext context, CancellationToken cancellationToken)
    {
        await WriteOrSkipAsync(context, StorageTier.Infrequent, WritePath.Put, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), WritePath.Put.Bytes(context), "the body", cancellationToken);
    }

    private static async Task Set(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        var tiers = context.Service<IObjectTiers>();
        await tiers.SetTierAsync(key, StorageTier.Infrequent, cancellationToken);
        await ExpectTierAsync(context, StorageTier.Infrequent, cancellationToken);
        await tiers.SetTierAsync(key, StorageTier.Standard, cancellationToken);
        await ExpectTierAsync(context, StorageTier.Standard, cancellationToken);
        await context.ExpectBytesAsync(key, bytes, "the body", cancellationToken);
    }

    private static Task<CloudException> SetMissing(ConformanceContext context, CancellationToken cancellationToken) => Expect.FailsAsync(
        CloudErrorCode.NotFound,
        ObjectStorageErrorReasons.ObjectNotFound,
        () => context.Service<IObjectTiers>().SetTierAsync(context.Key(), StorageTier.Infrequent, cancellationToken));

    private static async Task CopyOntoItself(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(100);
        await context.Bucket.PutAsync(context.Key(), bytes, Attributes.Put(context), cancellationToken);
        await context.Bucket.CopyAsync(context.Key(), context.Key(), new CopyOptions { Tier = StorageTier.Infrequent }, cancellationToken);
        await ExpectTierAsync(context, StorageTier.Infrequent, cancellationToken);
        await Attributes.ExpectAsync(context, context.Bucket, context.Key(), cancellationToken);
        await context.ExpectBytesAsync(context.Key(), bytes, "the body", cancellationToken);
    }

    private static async Task ReadArchived(ConformanceContext context, CancellationToken cancellationToken)
    {
        await WriteOrSkipAsync(context, StorageTier.Archive, WritePath.Put, cancellationToken);
        await context.ExpectBytesAsync(context.Key(), WritePath.Put.Bytes(context), "the archived object", cancellationToken);
        Expect.Equal(StorageTier.Archive, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Tier, "the tier after the read");
    }

    private static async Task RefuseArchived(ConformanceContext context, CancellationToken cancellationToken)
    {
        await Unsupported(context, cancellationToken);
        if (!context.Capabilities.Supports(BucketFeatures.Tiers))
        {
            return;
        }

        await WriteOrSkipAsync(context, StorageTier.Archive, WritePath.Put, cancellationToken);
        await Expect.FailsAsync(
            CloudErrorCode.Conflict,
            ObjectStorageErrorReasons.ObjectArchived,
            () => context.ExpectBytesAsync(context.Key(), WritePath.Put.Bytes(context), "an archived object", cancellationToken),
            "a read of what is archived, by a bucket that does not declare InstantArchive");
        Expect.Equal(StorageTier.Archive, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Tier, "the tier of a look-up, which is allowed");
    }

    private static async Task WriteOrSkipAsync(ConformanceContext context, StorageTier tier, WritePath path, CancellationToken cancellationToken)
    {
        try
        {
            await path.WriteAsync(context, context.Key(), path.Bytes(context), new PutOptions { Tier = tier }, cancellationToken);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.Unsupported)
        {
            await context.ExpectAbsentAsync(context.Key(), cancellationToken);
            throw new ConformanceSkipException($"The bucket has no tier {tier}, and refuses it as it must.", exception);
        }
    }

    private static async Task ExpectTierAsync(ConformanceContext context, StorageTier tier, CancellationToken cancellationToken)
    {
        Expect.Equal(tier, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Tier, "the look-up's tier");
        var page = await context.Bucket.ListPageAsync(new ListOptions { Prefix = context.Key() }, cancellationToken);
        Expect.Equal(tier, page.Entries.First(entry => string.Equals(entry.Key, context.Key(), StringComparison.Ordinal)).Tier, "the list's tier");
    }
}
