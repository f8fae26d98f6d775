using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>The user's metadata: what is carried, what is refused, and how it is replaced.</summary>
internal static class MetadataCases
{
    public static ConformanceSuite Suite { get; } = new("Metadata",
    [
        .. Values.Select(value => new ConformanceCase($"metadata.value.{value.Id}", [81], "A value of any text is told as it was given", (c, t) => Value(c, value.Text, t))),
        .. WritePath.All.Select(path => new ConformanceCase($"metadata.through.{path.Name}", [81, 86, 87], "Metadata is carried on each way of writing", (c, t) => Through(c, path, t)) { Requires = path.Requires }),
        new("metadata.empty-body", [86], "An empty object carries metadata", EmptyBody),
        new("metadata.key.folded", [81], "Upper case in a key is folded", KeyFolded),
        new("metadata.key.duplicates", [82], "Keys that differ only in case are refused", (c, t) => Refuse(c, new Dictionary<string, string>(StringComparer.Ordinal) { ["one"] = "1", ["One"] = "2" }, t)),
        .. BadKeys.Select(key => new ConformanceCase($"metadata.key.{key.Id}", key.Numbers, "A key that cannot be carried everywhere is refused before any request", (c, t) => Refuse(c, Of(key.Text, "value"), t))),
        .. BadValues.Select(value => new ConformanceCase($"metadata.value.bad.{value.Id}", [84], "A value that is not text without control characters is refused before any request", (c, t) => Refuse(c, Of("key", value.Text), t))),
        new("metadata.many", [], "Many small entries are carried", Many),
        new("metadata.limit", [85], "Metadata of just the largest size is carried", Limit),
        new("metadata.limit.exceeded", [85], "Metadata of one byte more is refused before any request", LimitExceeded),
        new("metadata.limit.unicode", [85], "The limit counts bytes, not characters", LimitUnicode),
        new("metadata.set", [88], "Attributes are replaced without the bytes; nothing is merged", SetAttributes),
        new("metadata.set.to-nothing", [88], "Attributes are replaced by none", SetToNothing),
        new("metadata.set.missing", [88], "Setting the attributes of a missing key is NotFound", SetMissing),
        new("metadata.not-shared", [], "Metadata of one object is not told of another", NotShared),
    ]);

    private static (string Id, string Text)[] Values =>
    [
        ("empty", ""),
        ("spaces", "a b  c"),
        ("leading-space", "  a"),
        ("trailing-space", "a  "),
        ("only-space", " "),
        ("quotes", "\"a\" 'b' `c`"),
        ("equals", "a=b;c=d,e:f"),
        ("commas", "a,b, c"),
        ("backslash", "a\\b"),
        ("brackets", "<a>&amp;{b}[c]"),
        ("percent", "100% %41 %zz"),
        ("plus", "a+b"),
        ("encoded-word", "=?UTF-8?B?YWJj?="),
        ("encoded-word-q", "=?utf-8?q?a=20b?="),
        ("utf-8", "Gr\u00fc\u00dfe \u4e16\u754c"),
        ("emoji", "\U0001F30D\U0001F468\u200D\U0001F469"),
        ("combining", "e\u0301 is not \u00e9"),
        ("latin-1", "\u00e9\u00fc"),
        ("mixed-spaces", " \u00e9 =?x?= "),
        ("long", new string('x', 900)),
        ("case", "MixedCase"),
        ("base64", "YWJjZA=="),
    ];

    private static (string Id, int[] Numbers, string Text)[] BadKeys =>
    [
        ("empty", [83], ""),
        ("underscore", [], "a_b"),
        ("dot", [], "a.b"),
        ("space", [], "a b"),
        ("colon", [], "a:b"),
        ("digit-first", [], "1a"),
        ("hyphen-first", [], "-a"),
        ("unicode", [84], "\u00e4"),
        ("kelvin-sign", [], "\u212A"),
        ("newline", [], "a\nb"),
        ("lone-surrogate", [84], "a\uD800"),
        ("reserved", [], "skycompat-mine"),
        ("reserved-upper", [], "SkyCompat-mine"),
    ];

    private static (string Id, string Text)[] BadValues =>
    [
        ("newline", "a\nb"),
        ("return", "a\rb"),
        ("nul", "a\0b"),
        ("tab", "a\tb"),
        ("delete", "a\u007fb"),
        ("control-1", "a\u0085b"),
        ("lone-high-surrogate", "a\uD83Cb"),
        ("lone-low-surrogate", "\uDF0D"),
    ];

    private static Dictionary<string, string> Of(string key, string value) => new(StringComparer.Ordinal) { [key] = value };

    private static async Task Value(ConformanceContext context, string value, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["before"] = "1", ["key"] = value, ["z"] = "2" };
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), new PutOptions { Metadata = metadata }, cancellationToken);
        Expect.Map(metadata, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Metadata, "the look-up's metadata");
        await using var content = await context.Bucket.GetAsync(context.Key(), null, cancellationToken);
        Expect.Map(metadata, content.Info.Metadata, "the read's metadata");
    }

    private static async Task Through(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["ascii"] = "a b", ["unicode"] = "\u4e16\u754c \U0001F30D", ["x-2"] = "3" };
        await path.WriteAsync(context, context.Key(), path.Bytes(context), new PutOptions { Metadata = metadata }, cancellationToken);
        Expect.Map(metadata, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Metadata, "the metadata");
    }

    private static async Task EmptyBody(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key(), ObjectBody.Empty, Attributes.Put(context), cancellationToken);
        await Attributes.ExpectAsync(context, context.Bucket, context.Key(), cancellationToken);
    }

    private static async Task KeyFolded(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(1), new PutOptions { Metadata = Of("X-Some-KEY", "Value") }, cancellationToken);
        Expect.Map(Of("x-some-key", "Value"), (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Metadata, "the metadata");
    }

    private static async Task Refuse(ConformanceContext context, Dictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        const CloudErrorCode Code = CloudErrorCode.InvalidArgument;
        const string Reason = ObjectStorageErrorReasons.InvalidMetadata;
        var (source, _, _) = await context.SeedAsync("source", 1, cancellationToken);
        var options = new PutOptions { Metadata = metadata };
        await Expect.FailsAsync(Code, Reason, () => context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(10), options, cancellationToken), "PutAsync");
        await Expect.FailsAsync(Code, Reason, () => WritePath.Writer.WriteAsync(context, context.Key(), ConformanceContext.Bytes(10), options, cancellationToken), "OpenWrite");
        var attributes = new ObjectAttributes { Metadata = metadata };
        await Expect.FailsAsync(Code, Reason, () => context.Bucket.CopyAsync(source, context.Key(), new CopyOptions { Attributes = attributes }, cancellationToken), "CopyAsync");
        if (context.Capabilities.Supports(BucketFeatures.Multipart))
        {
            await Expect.FailsAsync(Code, Reason, () => context.Service<IMultipartUploads>().CreateAsync(context.Key(), options, cancellationToken), "CreateAsync of an upload");
        }

        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
    }

    private static async Task Many(ConformanceContext context, CancellationToken cancellationToken)
    {
        var metadata = Enumerable.Range(0, 40).ToDictionary(i => $"key-{i:00}", i => $"value {i}", StringComparer.Ordinal);
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(1), new PutOptions { Metadata = metadata }, cancellationToken);
        Expect.Map(metadata, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Metadata, "the metadata");
    }

    private static async Task Limit(ConformanceContext context, CancellationToken cancellationToken)
    {
        var metadata = Of("key", new string('x', LimitOf(context) - 3));
        await context.Bucket.PutAsync(context.Key(), ConformanceContext.Bytes(1), new PutOptions { Metadata = metadata }, cancellationToken);
        Expect.Map(metadata, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Metadata, "the metadata");
    }

    private static Task LimitExceeded(ConformanceContext context, CancellationToken cancellationToken) =>
        Refuse(context, Of("key", new string('x', LimitOf(context) - 2)), cancellationToken);

    private static Task LimitUnicode(ConformanceContext context, CancellationToken cancellationToken) =>
        Refuse(context, Of("key", new string('\u4e16', (LimitOf(context) / 3) + 1)), cancellationToken);

    private static int LimitOf(ConformanceContext context)
    {
        var limit = context.Capabilities.MaxMetadataBytes;
        ConformanceContext.SkipIf(limit > 1 << 20, "The bucket has no limit of metadata to speak of.");
        return limit;
    }

    private static async Task SetAttributes(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        await context.Bucket.SetAttributesAsync(key, new ObjectAttributes { Metadata = Of("first", "1"), Headers = Attributes.Headers }, cancellationToken);
        var result = await context.Bucket.SetAttributesAsync(key, new ObjectAttributes { Metadata = Of("second", "2") }, cancellationToken);
        var info = await context.Bucket.GetInfoAsync(key, cancellationToken);
        Expect.Equal(ContentHeaders.Default, info.Headers);
        Expect.Map(Of("second", "2"), info.Metadata, "the metadata");
        Expect.Equal(result.Tag, info.Tag);
        await context.ExpectBytesAsync(key, bytes, "the body", cancellationToken);
    }

    private static async Task SetToNothing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var bytes = ConformanceContext.Bytes(100);
        await context.Bucket.PutAsync(context.Key(), bytes, Attributes.Put(context), cancellationToken);
        await context.Bucket.SetAttributesAsync(context.Key(), new ObjectAttributes(), cancellationToken);
        var info = await context.Bucket.GetInfoAsync(context.Key(), cancellationToken);
        Expect.Equal(ContentHeaders.Default, info.Headers);
        Expect.Equal(0, info.Metadata.Count);
        await context.ExpectBytesAsync(context.Key(), bytes, "the body", cancellationToken);
    }

    private static async Task SetMissing(ConformanceContext context, CancellationToken cancellationToken)
    {
        await Expect.FailsAsync(
            CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => context.Bucket.SetAttributesAsync(context.Key(), new ObjectAttributes(), cancellationToken));
        await context.ExpectAbsentAsync(context.Key(), cancellationToken);
    }

    private static async Task NotShared(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.Bucket.PutAsync(context.Key("a"), ConformanceContext.Bytes(1), new PutOptions { Metadata = Of("of", "a") }, cancellationToken);
        await context.Bucket.PutAsync(context.Key("b"), ConformanceContext.Bytes(1), new PutOptions { Metadata = Of("of", "b") }, cancellationToken);
        Expect.Map(Of("of", "a"), (await context.Bucket.GetInfoAsync(context.Key("a"), cancellationToken)).Metadata, "the metadata of a");
        Expect.Map(Of("of", "b"), (await context.Bucket.GetInfoAsync(context.Key("b"), cancellationToken)).Metadata, "the metadata of b");
    }
}
