using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class KeyTests
{
    public static TheoryData<string> PortableKeys() =>
    [
        "a", "a/b.txt", "A", "a b", " a ", "a..b", ".a", "a/.b/..c", "-", "%2F", "a?b#c&d=e", "a+b", "ä/ü/漢字", "😀", "a\u0301", "*:|<>\"", new string('x', 1_023), new string('ü', 511),
    ];

    public static TheoryData<string> UnportableKeys() =>
    [
        "/", "/a", "a/", "a//b", ".", "..", "./a", "a/./b", "a/../b", "a/..", "a\\b", "a\nb", "\0", "a\u001F", "\u007F", "\u0085", "a.", "a/b.", new string('x', 1_024), new string('ü', 512),
    ];

    /// <summary>Keys that no policy allows: empty, too long, not Unicode.</summary>
    public static TheoryData<string> ImpossibleKeys() => ["", new string('x', 1_025), new string('ü', 513), "a\uD800", "\uDC00a", "\uDC00\uD800"];

    [Theory]
    [MemberData(nameof(PortableKeys))]
    public async Task Put_PortableKey_IsStoredVerbatim(string key)
    {
        await using var engine = new Engine();

        await engine.Bucket.PutAsync(key, new byte[1]);

        engine.Driver.Objects.Keys.ShouldBe([key]);
        (await engine.Bucket.GetInfoAsync(key)).Key.ShouldBe(key);
    }

    [Theory]
    [MemberData(nameof(UnportableKeys))]
    [MemberData(nameof(ImpossibleKeys))]
    public async Task Write_KeyThePortablePolicyForbids_IsRefusedBeforeAnyRequest(string key)
    {
        await using var engine = new Engine();
        engine.Driver.Seed("there", [1]);
        var bucket = engine.Bucket;

        await FailsAsync(() => bucket.PutAsync(key, new byte[1]));
        await FailsAsync(() => bucket.PutAsync(key, new MemoryStream([1])));
        await FailsAsync(() => Task.FromResult(bucket.OpenWrite(key)));
        await FailsAsync(() => bucket.CopyAsync("there", key));
        await FailsAsync(() => bucket.SignAsync(key, new SignOptions { Method = SignedMethod.Put }));
        await FailsAsync(() => bucket.GetRequiredService<IMultipartUploads>().CreateAsync(key));

        engine.Script.Calls.ShouldBeEmpty();
        engine.ShouldHoldNothing();
    }

    [Theory]
    [MemberData(nameof(UnportableKeys))]
    public async Task Write_UnportableKeyUnderTheVerbatimPolicy_IsStoredVerbatim(string key)
    {
        await using var engine = new Engine(cloud => cloud.KeyPolicy = KeyPolicy.Verbatim);

        await engine.Bucket.PutAsync(key, new byte[1]);

        engine.Driver.Objects.Keys.ShouldBe([key]);
    }

    [Theory]
    [MemberData(nameof(UnportableKeys))]
    public async Task Read_UnportableKeyUnderAnyPolicy_Works(string key)
    {
        await using var engine = new Engine();
        engine.Driver.Seed(key, [7]);

        (await engine.Bucket.GetBytesAsync(key)).ShouldBeBytes([7]);
        (await engine.Bucket.ExistsAsync(key)).ShouldBeTrue();
        await engine.Bucket.CopyAsync(key, "copy");
        await engine.Bucket.DeleteAsync(key);

        engine.Driver.Objects.Keys.ShouldBe(["copy"]);
    }

    [Theory]
    [MemberData(nameof(ImpossibleKeys))]
    public async Task AnyCall_ImpossibleKey_IsRefusedBeforeAnyRequest(string key)
    {
        await using var engine = new Engine(cloud => cloud.KeyPolicy = KeyPolicy.Verbatim);
        var bucket = engine.Bucket;

        await FailsAsync(() => bucket.PutAsync(key, new byte[1]));
        await FailsAsync(() => bucket.GetAsync(key));
        await FailsAsync(() => bucket.TryGetInfoAsync(key));
        await FailsAsync(() => bucket.DeleteAsync(key));
        await FailsAsync(() => bucket.CopyAsync(key, "b"));
        await FailsAsync(() => bucket.SignAsync(key));
        await FailsAsync(() => bucket.GetRequiredService<IObjectTags>().GetTagsAsync(key));
        await FailsAsync(() => bucket.GetRequiredService<IObjectTiers>().SetTierAsync(key, StorageTier.Cold));

        engine.Script.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_KeyThatEndsInASlashWhereTheStoreHasNone_IsUnsupported()
    {
        await using var engine = new Engine(
            cloud => cloud.KeyPolicy = KeyPolicy.Verbatim, ScriptedBucket.Everything with { Features = ScriptedBucket.Everything.Features & ~BucketFeatures.TrailingSlashKey });

        await CloudAssert.FailsAsync(() => engine.Bucket.PutAsync("a/", new byte[1]), CloudErrorCode.Unsupported);

        engine.Script.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_TextThatIsNotUnicode_IsRefusedBeforeAnyRequest()
    {
        await using var engine = new Engine();

        await FailsAsync(() => engine.Bucket.ListPageAsync(new ListOptions { Prefix = "\uD800" }));
        await FailsAsync(() => engine.Bucket.ListPageAsync(new ListOptions { Delimiter = "\uD800" }));
        await FailsAsync(() => engine.Bucket.ListPageAsync(new ListOptions { StartAfter = "\uDC00" }));

        engine.Script.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_AllPages_AreFetchedLazilyInOrder()
    {
        await using var engine = new Engine();
        string[] keys = ["a", "b/1", "b/2", "c"];
        foreach (var key in keys)
        {
            engine.Driver.Seed(key, [1]);
        }

        (await engine.Bucket.ListAsync(new ListOptions { PageSize = 1 }).Select(entry => entry.Key).ToListAsync()).ShouldBe(keys);
        engine.Script.Count("ListObjects").ShouldBe(4);
        (await engine.Bucket.ListAsync(new ListOptions { Delimiter = "/" }).Select(entry => entry.Key).ToListAsync()).ShouldBe(["a", "b/", "c"]);
        await engine.Bucket.ListAsync(new ListOptions { PageSize = 1 }).FirstAsync();
        engine.Script.Count("ListObjects").ShouldBe(6);

        // The driver refuses pages beyond its limit: the engine clamps them.
        await engine.Bucket.ListPageAsync(new ListOptions { PageSize = int.MaxValue });
        await CloudAssert.FailsAsync(() => engine.Bucket.ListPageAsync(new ListOptions { PageSize = -1 }), CloudErrorCode.InvalidArgument);
    }

    private static Task FailsAsync(Func<Task> action) => CloudAssert.FailsAsync(action, CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidKey);
}
