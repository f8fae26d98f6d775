using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Suites;

/// <summary>The properties of objects, and what stands for one that is not there.</summary>
internal static class InfoCases
{
    public static ConformanceSuite Suite { get; } = new("Info",
    [
        new("info.missing", [5], "A missing key is null, or NotFound with the key in the message", Missing),
        new("info.prefix-is-no-object", [6], "'dir' and 'dir/' are missing where only 'dir/x' exists", PrefixIsNoObject),
        new("info.properties", [7], "Size, instant, tag, type and key are told", Properties),
        new("info.modified", [8], "The instant never goes backwards over a rewrite", Modified),
        new("info.tag.changes", [9], "The tag changes with the content", TagChanges),
        new("info.tag.text", [], "A tag read back from its text is the same tag and still matches", TagText),
        new("info.no-version", [56], "A bucket that keeps no versions tells no version id", NoVersion),
        new("info.no-metadata", [], "An object written without metadata has none, not even the engine's own", NoMetadata),
        new("info.stored-checksum", [], "The checksum that the store keeps is that of the bytes", StoredChecksum) { Requires = BucketFeatures.StoredChecksum },
        .. WritePath.All.Select(path => new ConformanceCase($"info.tag.same.{path.Name}", [10], "Put, look-up, read and list tell the same tag", (c, t) => TagIsTheSame(c, path, t)) { Requires = path.Requires }),
    ]);

    private static async Task Missing(ConformanceContext context, CancellationToken cancellationToken)
    {
        var key = context.Key("not-there");
        Expect.Null(await context.Bucket.TryGetInfoAsync(key, null, cancellationToken), "TryGetInfoAsync");
        Expect.True(!await context.Bucket.ExistsAsync(key, cancellationToken));
        var error = await Expect.FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => context.Bucket.GetInfoAsync(key, cancellationToken));
        Expect.True(error.Message.Contains(key, StringComparison.Ordinal), $"the key in the message: {error.Message}");
    }

    private static async Task PrefixIsNoObject(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.SeedAsync("dir/x", 1, cancellationToken);
        Expect.Null(await context.Bucket.TryGetInfoAsync(context.Key("dir"), null, cancellationToken), "TryGetInfoAsync(dir)");
        Expect.Null(await context.Bucket.TryGetInfoAsync(context.Key("dir/"), null, cancellationToken), "TryGetInfoAsync(dir/)");
        await Expect.FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => context.Bucket.GetAsync(context.Key("dir"), null, cancellationToken));
        await Expect.FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound, () => context.Bucket.GetAsync(context.Key("dir/"), null, cancellationToken));
    }

    private static async Task Properties(ConformanceContext context, CancellationToken cancellationToken)
    {
        var key = context.Key("a b.html");
        var options = new PutOptions { Headers = new ContentHeaders { ContentType = "text/html" } };
        await context.Bucket.PutAsync(key, ConformanceContext.Bytes(123), options, cancellationToken);
        var info = await context.Bucket.GetInfoAsync(key, cancellationToken);
        Expect.Equal(key, info.Key);
        Expect.Equal(123, info.Size);
        Expect.True(!info.Tag.IsEmpty, "there is a tag");
        Expect.Equal("text/html", info.Headers.ContentType);
        Expect.Equal(StorageTier.Standard, info.Tier);
        Expect.True(info.LastModified > DateTimeOffset.UnixEpoch, "there is an instant");
        Expect.Equal(TimeSpan.Zero, info.LastModified.Offset);
    }

    private static async Task Modified(ConformanceContext context, CancellationToken cancellationToken)
    {
        await context.SeedAsync("object", 1, cancellationToken);
        var first = await context.Bucket.GetInfoAsync(context.Key(), cancellationToken);
        await context.SeedAsync("object", 2, cancellationToken);
        var second = await context.Bucket.GetInfoAsync(context.Key(), cancellationToken);
        Expect.True(second.LastModified >= first.LastModified, $"{second.LastModified:O} is not before {first.LastModified:O}");
    }

    private static async Task TagChanges(ConformanceContext context, CancellationToken cancellationToken)
    {
        var first = await context.SeedAsync("object", 1, cancellationToken);
        var second = await context.SeedAsync("object", 2, cancellationToken);
        Expect.NotEqual(first.Result.Tag, second.Result.Tag);
        Expect.Equal(second.Result.Tag, (await context.Bucket.GetInfoAsync(context.Key(), cancellationToken)).Tag);
    }

    private static async Task TagText(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, result) = await context.SeedAsync("object", 1, cancellationToken);
        var stored = VersionTag.Parse(result.Tag.ToString());
        Expect.Equal(result.Tag, stored);
        var read = await context.Bucket.GetBytesAsync(key, new GetOptions { Condition = new ReadCondition { IfMatch = stored } }, cancellationToken);
        Expect.Bytes(bytes, read, "the read under the stored tag");
    }

    private static async Task NoVersion(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, _, result) = await context.SeedAsync("object", 1, cancellationToken);
        Expect.Null(result.VersionId, "PutResult.VersionId");
        Expect.Null((await context.Bucket.GetInfoAsync(key, cancellationToken)).VersionId, "ObjectInfo.VersionId");
    }

    private static async Task NoMetadata(ConformanceContext context, CancellationToken cancellationToken)
    {
        foreach (var path in new[] { WritePath.Put, WritePath.PutLarge })
        {
            var key = context.Key(path.Name);
            await path.WriteAsync(context, key, path.Bytes(context), null, cancellationToken);
            Expect.Equal(0, (await context.Bucket.GetInfoAsync(key, cancellationToken)).Metadata.Count, $"the number of metadata entries after {path.Name}");
        }
    }

    private static async Task StoredChecksum(ConformanceContext context, CancellationToken cancellationToken)
    {
        var (key, bytes, _) = await context.SeedAsync("object", 1, cancellationToken);
        var checksum = Expect.NotNull((await context.Bucket.GetInfoAsync(key, cancellationToken)).Checksum, "ObjectInfo.Checksum");
        Expect.Equal(TestBytes.Compute(checksum.Algorithm, bytes), checksum);
    }

    private static async Task TagIsTheSame(ConformanceContext context, WritePath path, CancellationToken cancellationToken)
    {
        var key = context.Key();
        var result = await path.WriteAsync(context, key, path.Bytes(context), null, cancellationToken);
        Expect.True(!result.Tag.IsEmpty, "the write tells a tag");
        Expect.Equal(result.Tag, (await context.Bucket.GetInfoAsync(key, cancellationToken)).Tag, "the look-up's tag");
        await using (var content = await context.Bucket.GetAsync(key, new GetOptions { Range = ByteRange.Slice(0, 1) }, cancellationToken))
        {
            Expect.Equal(result.Tag, content.Info.Tag, "the read's tag");
        }

        var page = await context.Bucket.ListPageAsync(new ListOptions { Prefix = key }, cancellationToken);
        Expect.Equal(result.Tag, page.Entries.Single(entry => string.Equals(entry.Key, key, StringComparison.Ordinal)).Tag, "the list's tag");
    }
}
