using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>Tags of objects.</summary>
internal static class TagCases
{
    public static ConformanceSuite Suite { get; } = new("Tags",
    [
        Case("tags.none", "An object written without tags has none", None),
        .. WritePath.All.Select(path => Case($"tags.through.{path.Name}", "Tags are carried on each way of writing", (c, t) => Through(c, path, t), path.Requires)),
        Case("tags.set", "Tags are replaced, all of them, and the object stays as it was", Set),
        Case("tags.remove", "Setting no tags removes them", Remove),
        Case("tags.overwrite", "Overwriting an object drops its tags", Overwrite),
        Case("tags.missing", "Tags of a missing key are NotFound", Missing),
        Case("tags.limit", "As many tags as allowed are carried", Limit),
        Case("tags.limit.exceeded", "One tag more is refused before any request", LimitExceeded),
        Case("tags.characters", "Every allowed character is carried in keys and values", Characters),
        Case("tags.length", "Keys of 128 and values of 256 characters are carried", Length),
        Case("tags.value.empty", "A value may be empty", EmptyValue),
        .. Bad.Select(bad => Case($"tags.bad.{bad.Id}", "A tag that cannot be carried everywhere is refused before any request", (c, t) => Refuse(c, Of(bad.Key, bad.Value), t))),
        Case("tags.copy.kept", "A copy keeps the tags", CopyKeeps),
        Case("tags.copy.replaced", "A copy with new tags has only those", CopyReplaces),
        Case("tags.set-attributes.kept", "Setting attributes without tags keeps the tags", SetAttributesKeeps),
    ]);

    private static (string Id, string Key, string Value)[] Bad =>
    [
        ("key-empty", "", "value"),
        ("key-long", new string('k', 129), "value"),
        ("key-character", "a*b", "value"),
        ("value-long", "key", new string('v', 257)),
        ("value-character", "key", "a&b"),
        ("value-newline", "key", "a\nb"),
        ("value-surrogate", "key", "a\uD800"),
    ];

    private static Dictionary<string, string> Of(string key, string value) => new(StringComparer.Ordinal) { [key] = value };

    private static ConformanceCase Case(string id, string title, Func<ConformanceContext, CancellationToken, Task> body, BucketFeatures also = BucketFeatures.None) =>
        new(id, [89], title, body) { Requires = BucketFeatures.Tags | also, WhenUnsupported = Unsupported };

    private static async Task Unsupported(ConformanceContext context, CancellationToken cancellationToken)
    {
        if (context.Capabilities.Supports(BucketFeatures.Tags))
        {
            return;
        }

        await Expect.FailsAsync(
            CloudErrorCode.Unsupported, null, () => context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), new PutOptions { Tags = Of("key", "value") }, cancellationToken), "PutAsync with tags");
        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
        if (context.Bucket.GetService<IObjectTags>() is { } tags)
        {
            await Expect.FailsAsync(CloudErrorCode.Unsupported, null, () => tags.GetTagsAsync(context.Key(), cancellationToken));
            await Expect.FailsAsync(CloudErrorCode.Unsupported, null, () => tags.SetTagsAsync(context.Key(), Of("key", "value"), cancellationToken));
        }
    }

    private static async Task None(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, _) = await context.SeedAsync("object", 1, cancellationToken);
        Expect.Equal(0, (await context.Service<IObjectTags>().GetTagsAsync(key, cancellationToken)).Count, "the number of tags");
    }

    private static async Task Through(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        await path.WriteAsync(context, context.Key(), path.Bytes(context), new PutOptions { Tags = Attributes.Tags }, cancellationToken);
        await ExpectTagsAsync(context, context.Key(), Attributes.Tags, cancellationToken);
    }

    private static async Task Set(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(100);
        await context.Bucket.PutAsync(context.Key(), bytes, Attributes.Put(context), cancellationToken);
        await context.Service<IObjectTags>().SetTagsAsync(context.Key(), Of("new", "1"), cancellationToken);
        await ExpectTagsAsync(context, context.Key(), Of("new", "1"), cancellationToken);
        var info = await context.Bucket.GetInfoAsync(context.Key(), cancellationToken);
        Expect.Equal(Attributes.Headers, info.Headers);
        Expect.Map(Attributes.Metadata, info.Metadata, "the metadata");
        await context.ExpectBytesAsync(context.Key(), bytes, "the body", cancellationToken);
    }

    private static async Task Remove(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), new PutOptions { Tags = Attributes.Tags }, cancellationToken);
        await context.Service<IObjectTags>().SetTagsAsync(context.Key(), new Dictionary<string, string>(StringComparer.Ordinal), cancellationToken);
        await ExpectTagsAsync(context, context.Key(), new Dictionary<string, string>(StringComparer.Ordinal), cancellationToken);
    }

    private static async Task Overwrite(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), new PutOptions { Tags = Attributes.Tags }, cancellationToken);
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(20), null, cancellationToken);
        await ExpectTagsAsync(context, context.Key(), new Dictionary<string, string>(StringComparer.Ordinal), cancellationToken);
    }

    private static async Task Missing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var tags = context.Service<IObjectTags>();
        await Expect.FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => tags.GetTagsAsync(context.Key(), cancellationToken));
        await Expect.FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => tags.SetTagsAsync(context.Key(), Of("key", "value"), cancellationToken));
    }

    private static Dictionary<string, string> Many(int count) => Enumerable.Range(0, count).ToDictionary(i => $"key {i}", i => $"value {i}", StringComparer.Ordinal);

    private static async Task Limit(ConformanceContext context, CancellationToken cancellationToken)
    {
        var tags = Many(context.Capabilities.MaxTags);
        await context.Bucket.PutAsync(context.Key("put"), ConformanceContext.Bytes(10), new PutOptions { Tags = tags }, cancellationToken);
        await ExpectTagsAsync(context, context.Key("put"), tags, cancellationToken);
        await context.SeedAsync("set", 1, cancellationToken);
        await context.Service<IObjectTags>().SetTagsAsync(context.Key("set"), tags, cancellationToken);
        await ExpectTagsAsync(context, context.Key("set"), tags, cancellationToken);
    }

    private static Task LimitExceeded(ConformanceContext context, CancellationToken cancellationToken) => Refuse(context, Many(context.Capabilities.MaxTags + 1), cancellationToken);

    private static async Task Characters(ConformanceContext context, CancellationToken cancellationToken)
    {
        const string Allowed = "azAZ09 +-=._:/@";
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), new PutOptions { Tags = Of(Allowed, Allowed) }, cancellationToken);
        await ExpectTagsAsync(context, context.Key(), Of(Allowed, Allowed), cancellationToken);
        await context.Service<IObjectTags>().SetTagsAsync(context.Key(), Of("b" + Allowed, "c" + Allowed), cancellationToken);
        await ExpectTagsAsync(context, context.Key(), Of("b" + Allowed, "c" + Allowed), cancellationToken);
    }

    private static async Task Length(ConformanceContext context, CancellationToken cancellationToken)
    {
        var tags = Of(new string('k', 128), new string('v', 256));
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), new PutOptions { Tags = tags }, cancellationToken);
        await ExpectTagsAsync(context, context.Key(), tags, cancellationToken);
    }

    private static async Task EmptyValue(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), new PutOptions { Tags = Of("key", "") }, cancellationToken);
        await ExpectTagsAsync(context, context.Key(), Of("key", ""), cancellationToken);
    }

    private static async Task Refuse(ConformanceContext context, Dictionary<string, string> tags, CancellationToken cancellationToken)
    {
        const CloudErrorCode Code = CloudErrorCode.InvalidArgument;
        const string Reason = ObjectStorageErrorReasons.InvalidTags;
        var (source, _, _) = await context.SeedAsync("source", 1, cancellationToken);
        await Expect.FailsAsync(Code, Reason, () => context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), new PutOptions { Tags = tags }, cancellationToken), "PutAsync");
        await Expect.FailsAsync(Code, Reason, () => context.Service<IObjectTags>().SetTagsAsync(source, tags, cancellationToken), "SetTagsAsync");
        var attributes = new ObjectAttributes { Tags = tags };
        await Expect.FailsAsync(Code, Reason, () => context.Bucket.CopyAsync(source, context.Key(), new CopyOptions { Attributes = attributes }, cancellationToken), "CopyAsync");
        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
    }

    private static async Task CopyKeeps(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key("source"), ConformanceContext.Bytes(10), new PutOptions { Tags = Attributes.Tags }, cancellationToken);
        await context.Bucket.CopyAsync(context.Key("source"), context.Key(), null, cancellationToken);
        await ExpectTagsAsync(context, context.Key(), Attributes.Tags, cancellationToken);
    }

    private static async Task CopyReplaces(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key("source"), ConformanceContext.Bytes(10), new PutOptions { Tags = Attributes.Tags }, cancellationToken);
        var attributes = new ObjectAttributes { Tags = Of("new", "1") };
        await context.Bucket.CopyAsync(context.Key("source"), context.Key(), new CopyOptions { Attributes = attributes }, cancellationToken);
        await ExpectTagsAsync(context, context.Key(), Of("new", "1"), cancellationToken);
    }

    private static async Task SetAttributesKeeps(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), new PutOptions { Tags = Attributes.Tags }, cancellationToken);
        await context.Bucket.SetAttributesAsync(context.Key(), new ObjectAttributes { Metadata = Of("key", "value") }, cancellationToken);
        await ExpectTagsAsync(context, context.Key(), Attributes.Tags, cancellationToken);
    }

    private static async Task ExpectTagsAsync(ConformanceContext context, string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        Expect.Map(tags, await context.Service<IObjectTags>().GetTagsAsync(key, cancellationToken), "the tags");
}
