using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Internal;

/// <summary>Attributes of objects: a set with everything in it, and another that differs everywhere.</summary>
internal static class Attributes
{
    public static ContentHeaders Headers { get; } = new()
    {
        ContentType = "text/x-sky; charset=utf-8",
        CacheControl = "max-age=3600, public",
        ContentDisposition = "attachment; filename=\"a b.txt\"; filename*=UTF-8''%e2%82%ac.txt",
        ContentEncoding = "gzip",
        ContentLanguage = "de-CH, en",
    };

    public static IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["alpha"] = "one",
        ["beta-2"] = "two words",
    };

    public static IReadOnlyDictionary<string, string> Tags { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["project"] = "sky",
        ["cost:centre"] = "a b+c-d=e.f_g:h/i@j",
    };

    /// <summary>Everything that the bucket can carry.</summary>
    public static PutOptions Put(ConformanceContext context) => new()
    {
        Headers = Headers,
        Metadata = Metadata,
        Tags = context.Capabilities.Supports(BucketFeatures.Tags) ? Tags : new Dictionary<string, string>(StringComparer.Ordinal),
    };

    /// <summary>Checks that an object carries what <see cref="Put"/> gave it.</summary>
    public static async Task ExpectAsync(ConformanceContext context, IBucket bucket, string key, CancellationToken cancellationToken)
    {
        var info = await bucket.GetInfoAsync(key, cancellationToken);
        Expect.Equal(Headers, info.Headers, "the headers");
        Expect.Map(Metadata, info.Metadata, "the metadata");
        if (context.Capabilities.Supports(BucketFeatures.Tags))
        {
            Expect.Map(Tags, await context.Service<IObjectTags>(bucket).GetTagsAsync(key, cancellationToken), "the tags");
        }
    }
}
