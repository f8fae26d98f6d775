using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class RangeTests : IAsyncDisposable
{
    private readonly Engine _engine = new();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(5_000)]
    public async Task Get_ZeroLengthSlice_ReturnsPropertiesWithoutReading(long offset)
    {
        _engine.Driver.Seed("a", Engine.Bytes(100));

        await using var content = await _engine.Bucket.GetAsync("a", new GetOptions { Range = ByteRange.Slice(offset, 0) });

        content.Length.ShouldBe(0);
        content.Info.Size.ShouldBe(100);
        (await content.ReadBytesAsync()).ShouldBeEmpty();
        _engine.Script.Operations.ShouldBe(["GetObjectInfo"]);
    }

    [Fact]
    public async Task Get_ZeroLengthSuffix_ReturnsPropertiesWithoutReading()
    {
        _engine.Driver.Seed("a", Engine.Bytes(100));

        await using var content = await _engine.Bucket.GetAsync("a", new GetOptions { Range = ByteRange.Suffix(0) });

        (content.Offset, content.Length).ShouldBe((100, 0));
    }

    [Fact]
    public async Task Get_ZeroLengthOfAMissingObject_IsNotFound() =>
        await CloudAssert.FailsAsync(
            () => _engine.Bucket.GetAsync("a", new GetOptions { Range = ByteRange.Slice(0, 0) }), CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound);

    [Fact]
    public async Task Get_ZeroLengthUnderAConditionThatFails_Fails()
    {
        var stored = _engine.Driver.Seed("a", Engine.Bytes(100));

        await FailsAsync(new ReadCondition { IfMatch = VersionTag.Parse("other") }, null);
        await FailsAsync(new ReadCondition { IfNoneMatch = stored.Tag }, ObjectStorageErrorReasons.NotModified);
        await FailsAsync(new ReadCondition { IfModifiedSince = StoredObject.Written.AddSeconds(1) }, ObjectStorageErrorReasons.NotModified);
        await FailsAsync(new ReadCondition { IfUnmodifiedSince = StoredObject.Written.AddSeconds(-2) }, null);

        Task FailsAsync(ReadCondition condition, string? reason) => CloudAssert.FailsAsync(() => GetEmptyAsync(condition), CloudErrorCode.PreconditionFailed, reason);
    }

    [Fact]
    public async Task Get_ZeroLengthUnderADateInWholeSeconds_IgnoresFractionsOfASecond()
    {
        _engine.Driver.Seed("a", Engine.Bytes(100));
        var second = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        (await GetEmptyAsync(new ReadCondition { IfUnmodifiedSince = second })).Length.ShouldBe(0);
        await CloudAssert.FailsAsync(
            () => GetEmptyAsync(new ReadCondition { IfModifiedSince = second }), CloudErrorCode.PreconditionFailed, ObjectStorageErrorReasons.NotModified);
    }

    [Theory]
    [InlineData(30, 70)]
    [InlineData(100, 0)]
    [InlineData(1_000, 0)]
    public async Task Get_SuffixWhereTheStoreHasNone_AsksForTheSizeFirstAndPinsTheTag(long last, long offset)
    {
        await using var engine = new Engine(capabilities: ScriptedBucket.Everything with { Features = ScriptedBucket.Everything.Features & ~BucketFeatures.SuffixRange });
        var bytes = Engine.Bytes(100);
        var stored = engine.Driver.Seed("a", bytes);

        await using var content = await engine.Bucket.GetAsync("a", new GetOptions { Range = ByteRange.Suffix(last) });

        (await content.ReadBytesAsync()).ShouldBeBytes(bytes[(int)offset..]);
        engine.Script.Operations.ShouldBe(["GetObjectInfo", "GetObject"]);
        engine.Script.Of("GetObject")[0].Get!.Range.ShouldBe(ByteRange.From(offset));
        engine.Script.Of("GetObject")[0].Get!.Condition!.IfMatch.ShouldBe(stored.Tag);
    }

    [Fact]
    public async Task Get_SuffixOfAnObjectReplacedAfterTheLook_IsThatOfTheNewOne()
    {
        await using var engine = new Engine(capabilities: ScriptedBucket.Everything with { Features = ScriptedBucket.Everything.Features & ~BucketFeatures.SuffixRange });
        engine.Driver.Seed("a", Engine.Bytes(100));
        var replaced = false;
        engine.Script.Before("GetObject", _ =>
        {
            if (!replaced)
            {
                replaced = true;
                engine.Driver.Seed("a", Engine.Bytes(60));
            }

            return Task.CompletedTask;
        });

        (await engine.Bucket.GetBytesAsync("a", new GetOptions { Range = ByteRange.Suffix(30) })).ShouldBeBytes(Engine.Bytes(60)[30..]);

        engine.Script.Operations.ShouldBe(["GetObjectInfo", "GetObject", "GetObjectInfo", "GetObject"]);
    }

    [Fact]
    public async Task Get_SuffixWhereTheStoreHasIt_TakesOneRequest()
    {
        var bytes = Engine.Bytes(100);
        _engine.Driver.Seed("a", bytes);

        (await _engine.Bucket.GetBytesAsync("a", new GetOptions { Range = ByteRange.Suffix(30) })).ShouldBeBytes(bytes[70..]);

        _engine.Script.Operations.ShouldBe(["GetObject"]);
    }

    [Fact]
    public async Task Get_SuffixOfAnEmptyObject_IsNotSatisfiableOnEveryStore()
    {
        foreach (var features in new[] { ScriptedBucket.Everything.Features, ScriptedBucket.Everything.Features & ~BucketFeatures.SuffixRange })
        {
            await using var engine = new Engine(capabilities: ScriptedBucket.Everything with { Features = features });
            engine.Driver.Seed("a", []);

            await CloudAssert.FailsAsync(
                () => engine.Bucket.GetAsync("a", new GetOptions { Range = ByteRange.Suffix(1) }), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.RangeNotSatisfiable);
        }
    }

    [Fact]
    public async Task Get_RangeBeyondTheEnd_IsClippedOrNotSatisfiable()
    {
        var bytes = Engine.Bytes(100);
        _engine.Driver.Seed("a", bytes);

        (await _engine.Bucket.GetBytesAsync("a", new GetOptions { Range = ByteRange.Slice(90, 1_000) })).ShouldBeBytes(bytes[90..]);
        await CloudAssert.FailsAsync(
            () => _engine.Bucket.GetAsync("a", new GetOptions { Range = ByteRange.From(100) }), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.RangeNotSatisfiable);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(257, null)]
    [InlineData(1, 65_535L)]
    [InlineData(1, (1L << 30) + 1)]
    public async Task Get_TuningOutOfRange_IsRefusedBeforeAnyRequest(int concurrency, long? partBytes)
    {
        await CloudAssert.FailsAsync(() => _engine.Bucket.GetAsync("a", new GetOptions { Concurrency = concurrency, PartSizeBytes = partBytes }), CloudErrorCode.InvalidArgument);

        _engine.Script.Calls.ShouldBeEmpty();
    }

    private Task<ObjectContent> GetEmptyAsync(ReadCondition condition) => _engine.Bucket.GetAsync("a", new GetOptions { Range = ByteRange.Slice(0, 0), Condition = condition });
}
