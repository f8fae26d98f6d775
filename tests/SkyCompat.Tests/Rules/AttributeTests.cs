using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class AttributeTests : IAsyncDisposable
{
    private readonly Engine _engine = new();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Put_MetadataKeysInUpperCase_AreFolded()
    {
        await PutAsync(new PutOptions { Metadata = Engine.Map(("Author-2", "Ada"), ("x", "")) });

        _engine.Driver.Objects["a"].Metadata.ShouldBe(Engine.Map(("author-2", "Ada"), ("x", "")));
    }

    [Theory]
    [InlineData("", "v")]
    [InlineData("1a", "v")]
    [InlineData("-a", "v")]
    [InlineData("a_b", "v")]
    [InlineData("a b", "v")]
    [InlineData("ä", "v")]
    [InlineData("\u212A", "v")]
    [InlineData("skycompat-write-id", "v")]
    [InlineData("SkyCompat-X", "v")]
    [InlineData("a", "line\nbreak")]
    [InlineData("a", "\u0085")]
    public Task Put_MetadataThatCannotBeCarried_IsRefusedBeforeAnyRequest(string key, string value) =>
        RefusesAsync(new PutOptions { Metadata = Engine.Map((key, value)) }, ObjectStorageErrorReasons.InvalidMetadata);

    [Fact]
    public Task Put_MetadataThatIsNotUnicode_IsRefused() =>
        RefusesAsync(new PutOptions { Metadata = Engine.Map(("a", "lone \uD800")) }, ObjectStorageErrorReasons.InvalidMetadata);

    [Fact]
    public Task Put_MetadataKeyTwiceInDifferentCase_IsRefused() =>
        RefusesAsync(new PutOptions { Metadata = Engine.Map(("author", "1"), ("Author", "2")) }, ObjectStorageErrorReasons.InvalidMetadata);

    [Fact]
    public async Task Put_MetadataAtTheLimit_IsTakenAndOneByteMoreRefused()
    {
        await PutAsync(new PutOptions { Metadata = Engine.Map(("key", new string('x', 1_995))) });
        await RefusesAsync(new PutOptions { Metadata = Engine.Map(("key", new string('x', 1_996))) }, ObjectStorageErrorReasons.InvalidMetadata);

        // 50 bytes of the provider's 2,048 are kept for the write stamp. Other text is counted as it travels: base64 of its UTF-8 form, with 12 characters around it.
        await PutAsync(new PutOptions { Metadata = Engine.Map(("key", new string('漢', 495))) });
        await RefusesAsync(new PutOptions { Metadata = Engine.Map(("key", new string('漢', 496))) }, ObjectStorageErrorReasons.InvalidMetadata);
    }

    [Fact]
    public async Task Put_TagsAtTheLimits_AreTakenAndOneMoreRefused()
    {
        await PutAsync(new PutOptions { Tags = Tags(10) });
        await PutAsync(new PutOptions { Tags = Engine.Map((new string('k', 128), new string('v', 256)), ("ä +-=._:/@9", "")) });
        await RefusesAsync(new PutOptions { Tags = Tags(11) }, ObjectStorageErrorReasons.InvalidTags);
        await RefusesAsync(new PutOptions { Tags = Engine.Map((new string('k', 129), "v")) }, ObjectStorageErrorReasons.InvalidTags);
        await RefusesAsync(new PutOptions { Tags = Engine.Map(("k", new string('v', 257))) }, ObjectStorageErrorReasons.InvalidTags);
        await RefusesAsync(new PutOptions { Tags = Engine.Map(("", "v")) }, ObjectStorageErrorReasons.InvalidTags);
        await RefusesAsync(new PutOptions { Tags = Engine.Map(("k", "a&b")) }, ObjectStorageErrorReasons.InvalidTags);

        static IReadOnlyDictionary<string, string> Tags(int count) => Engine.Map([.. Enumerable.Range(0, count).Select(i => ($"k{i}", "v"))]);
    }

    [Fact]
    public async Task SetTags_TooMany_IsRefusedBeforeAnyRequest()
    {
        var tags = Engine.Map([.. Enumerable.Range(0, 11).Select(i => ($"k{i}", "v"))]);

        await CloudAssert.FailsAsync(
            () => _engine.Bucket.GetRequiredService<IObjectTags>().SetTagsAsync("a", tags), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidTags);

        _engine.Script.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("text", null)]
    [InlineData("/plain", null)]
    [InlineData("text/", null)]
    [InlineData("text /plain", null)]
    [InlineData("text/plain\r\nX: y", null)]
    [InlineData("text/plain", "")]
    [InlineData("text/plain", "naïve.txt")]
    [InlineData("text/plain", "a\tb")]
    public Task Put_HeaderThatCannotBeCarried_IsRefusedBeforeAnyRequest(string contentType, string? disposition) =>
        RefusesAsync(new PutOptions { Headers = new ContentHeaders { ContentType = contentType, ContentDisposition = disposition } }, ObjectStorageErrorReasons.InvalidMetadata);

    [Fact]
    public async Task Put_TuningOutOfRange_IsRefusedBeforeAnyRequest()
    {
        await RefusesAsync(new PutOptions { Concurrency = 0 }, null);
        await RefusesAsync(new PutOptions { Concurrency = 257 }, null);
        await RefusesAsync(new PutOptions { PartSizeBytes = 0 }, null);
        await RefusesAsync(new PutOptions { SizeHintBytes = -1 }, null);
    }

    [Fact]
    public async Task AnyCall_WhatTheStoreLacks_IsUnsupportedBeforeAnyRequest()
    {
        await using var engine = new Engine(capabilities: ScriptedBucket.Everything with { Features = BucketFeatures.ServerSideCopy });
        engine.Driver.Seed("there", [1]);
        var (bucket, tag) = (engine.Bucket, VersionTag.Parse("x"));
        Func<Task>[] calls =
        [
            () => bucket.PutAsync("a", new byte[1], new PutOptions { Tags = Engine.Map(("k", "v")) }),
            () => bucket.PutAsync("a", new byte[1], new PutOptions { Tier = StorageTier.Archive }),
            () => bucket.PutAsync("a", new byte[1], new PutOptions { Condition = WriteCondition.MustNotExist }),
            () => bucket.PutAsync("a", new byte[1], new PutOptions { Condition = WriteCondition.MustMatch(tag) }),
            () => bucket.PutAsync("a", new MemoryStream(new byte[17 << 20])),
            () => bucket.GetAsync("a", new GetOptions { VersionId = "v" }),
            () => bucket.TryGetInfoAsync("a", new GetInfoOptions { VersionId = "v" }),
            () => bucket.DeleteAsync("a", new DeleteOptions { VersionId = "v" }),
            () => bucket.DeleteAsync("a", new DeleteOptions { IfMatch = tag }),
            () => bucket.CopyAsync("there", "a", new CopyOptions { SourceIfMatch = tag }),
            () => bucket.SignAsync("a"),
            () => bucket.SignAsync("a", new SignOptions { Method = SignedMethod.Put }),
            () => bucket.SignAsync("a", new SignOptions { Method = SignedMethod.Delete }),
        ];

        foreach (var call in calls)
        {
            await CloudAssert.FailsAsync(call, CloudErrorCode.Unsupported);
        }

        engine.Script.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData((7 * 24 * 3600 * 1000) + 1)]
    public async Task Sign_LifetimeOutOfRange_IsRefusedBeforeAnyRequest(int milliseconds)
    {
        await CloudAssert.FailsAsync(() => _engine.Bucket.SignAsync("a", new SignOptions { Lifetime = TimeSpan.FromMilliseconds(milliseconds) }), CloudErrorCode.InvalidArgument);

        _engine.Script.Calls.ShouldBeEmpty();
    }

    private Task PutAsync(PutOptions options) => _engine.Bucket.PutAsync("a", new byte[1], options);

    private async Task RefusesAsync(PutOptions options, string? reason)
    {
        var before = _engine.Script.Calls.Count;
        await CloudAssert.FailsAsync(() => PutAsync(options), CloudErrorCode.InvalidArgument, reason);
        await CloudAssert.FailsAsync(() => _engine.Bucket.PutAsync("a", new MemoryStream([1]), options), CloudErrorCode.InvalidArgument, reason);
        await CloudAssert.FailsAsync(() => Task.FromResult(_engine.Bucket.OpenWrite("a", options)), CloudErrorCode.InvalidArgument, reason);
        _engine.Script.Calls.Count.ShouldBe(before);
    }
}
