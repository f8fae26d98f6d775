using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class ResumeTests : IAsyncDisposable
{
    private readonly Engine _engine = new();

    public enum Break
    {
        Truncated,
        Reset,
        Unavailable,
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData(Break.Truncated)]
    [InlineData(Break.Reset)]
    [InlineData(Break.Unavailable)]
    public async Task Get_BodyBreaksOff_ResumesFromTheByteWhereItStoppedPinnedToTheTag(Break kind)
    {
        var bytes = Engine.Bytes(10_000);
        var stored = _engine.Driver.Seed("a", bytes);
        BreakFirstBody(3_333, kind);

        (await _engine.Bucket.GetBytesAsync("a")).ShouldBeBytes(bytes);

        var resumed = _engine.Script.Of("GetObject")[^1];
        _engine.Script.Count("GetObject").ShouldBe(2);
        resumed.Get!.Range.ShouldBe(ByteRange.Slice(3_333, 6_667));
        resumed.Get.Condition.ShouldBe(new ReadCondition { IfMatch = stored.Tag });
        resumed.Get.VersionId.ShouldBeNull();
    }

    [Fact]
    public async Task Get_RangeBreaksOff_ResumesInsideTheRange()
    {
        var bytes = Engine.Bytes(10_000);
        _engine.Driver.Seed("a", bytes);
        BreakFirstBody(10, Break.Reset);

        (await _engine.Bucket.GetBytesAsync("a", new GetOptions { Range = ByteRange.Slice(100, 50) })).ShouldBeBytes(bytes[100..150]);

        _engine.Script.Of("GetObject")[^1].Get!.Range.ShouldBe(ByteRange.Slice(110, 40));
    }

    [Fact]
    public async Task Get_BodyIdlesMidway_ResumesAfterTheIdleTimeout()
    {
        var bytes = Engine.Bytes(10_000);
        _engine.Driver.Seed("a", bytes);
        var hanging = new TaskCompletionSource();
        BreakFirstBody(5_000, async token =>
        {
            hanging.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });

        var read = _engine.Bucket.GetBytesAsync("a");
        await hanging.Task;
        _engine.Time.Advance(TimeSpan.FromMinutes(50));

        (await read).ShouldBeBytes(bytes);
        _engine.Script.Of("GetObject")[^1].Get!.Range.ShouldBe(ByteRange.Slice(5_000, 5_000));
    }

    [Fact]
    public async Task Get_ConsumerIsSlow_DoesNotCountAsIdle()
    {
        var bytes = Engine.Bytes(10_000);
        _engine.Driver.Seed("a", bytes);
        _engine.Script.WrapBody = (_, body) => new ScriptedBody(body, chunk: 4_000);
        await using var content = await _engine.Bucket.GetAsync("a");
        var buffer = new byte[10_000];

        var read = await content.AsStream().ReadAsync(buffer);
        _engine.Time.Advance(TimeSpan.FromHours(10));
        await content.AsStream().ReadExactlyAsync(buffer.AsMemory(read));

        buffer.ShouldBeBytes(bytes);
        _engine.Script.Count("GetObject").ShouldBe(1);
    }

    [Fact]
    public async Task Get_VersionBreaksOff_ResumesPinnedToTheVersionId()
    {
        var bytes = Engine.Bytes(1_000);
        _engine.Driver.Seed("a", bytes, versionId: "v7");
        BreakFirstBody(400, Break.Reset);

        (await _engine.Bucket.GetBytesAsync("a", new GetOptions { VersionId = "v7" })).ShouldBeBytes(bytes);

        var resumed = _engine.Script.Of("GetObject")[^1].Get!;
        resumed.VersionId.ShouldBe("v7");
        resumed.Condition.ShouldBeNull();
        resumed.Range.ShouldBe(ByteRange.Slice(400, 600));
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(100)]
    public async Task Get_ObjectReplacedMidway_FailsAsChanged(int newSize)
    {
        _engine.Driver.Seed("a", Engine.Bytes(10_000));
        BreakFirstBody(5_000, _ =>
        {
            _engine.Driver.Seed("a", Engine.Bytes(newSize, seed: 2));
            return Task.CompletedTask;
        });

        var error = await CloudAssert.FailsAsync(() => _engine.Bucket.GetBytesAsync("a"), CloudErrorCode.PreconditionFailed, ObjectStorageErrorReasons.ObjectChanged);
        error.Resource.ShouldBe("media/a");
    }

    [Fact]
    public async Task Get_ObjectDeletedMidway_FailsAsNotFound()
    {
        _engine.Driver.Seed("a", Engine.Bytes(10_000));
        BreakFirstBody(5_000, _ =>
        {
            _engine.Driver.Objects.Clear();
            return Task.CompletedTask;
        });

        await CloudAssert.FailsAsync(() => _engine.Bucket.GetBytesAsync("a"), CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound);
    }

    [Fact]
    public async Task Get_StoreIgnoresTheConditionAndReturnsOtherContent_FailsAsChanged()
    {
        _engine.Driver.Seed("a", Engine.Bytes(10_000));
        BreakFirstBody(5_000, Break.Truncated);
        LieFromTheSecondReply(content => new ObjectContent(content.Info with { Tag = VersionTag.Parse("other") }, content.Offset, content.Length, content.AsStream()));

        await CloudAssert.FailsAsync(() => _engine.Bucket.GetBytesAsync("a"), CloudErrorCode.PreconditionFailed, ObjectStorageErrorReasons.ObjectChanged);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public async Task Get_ResumedWithAnotherRangeThanAsked_FailsAsCorrupted(int offset, int length)
    {
        _engine.Driver.Seed("a", Engine.Bytes(10_000));
        BreakFirstBody(5_000, Break.Truncated);
        LieFromTheSecondReply(content => new ObjectContent(content.Info, content.Offset + offset, content.Length + length, content.AsStream()));

        await CloudAssert.FailsAsync(() => _engine.Bucket.GetBytesAsync("a"), CloudErrorCode.DataCorrupted);
    }

    [Fact]
    public async Task Get_EveryBodyBreaksWithoutAByte_IsUnavailableAfterMaxAttempts()
    {
        _engine.Driver.Seed("a", Engine.Bytes(10_000));
        _engine.Script.WrapBody = (call, body) => new ScriptedBody(body, breakAfter: call.Number == 1 ? 100 : 0, Reset);

        var error = await CloudAssert.FailsAsync(() => _engine.Bucket.GetBytesAsync("a"), CloudErrorCode.Unavailable);

        _engine.Script.Count("GetObject").ShouldBe(6);
        error.InnerException.ShouldBeOfType<IOException>();
        error.Message.ShouldContain("byte 100");
    }

    [Fact]
    public async Task Get_EveryBodyBreaksAfterSomeBytes_GoesOnToTheEnd()
    {
        var bytes = Engine.Bytes(10_000);
        _engine.Driver.Seed("a", bytes);
        _engine.Script.WrapBody = (_, body) => new ScriptedBody(body, breakAfter: 100, Reset);

        (await _engine.Bucket.GetBytesAsync("a")).ShouldBeBytes(bytes);

        _engine.Script.Count("GetObject").ShouldBe(100);
    }

    [Fact]
    public async Task Get_BytesDifferFromTheStoredChecksum_FailsBeforeTheLastBytes()
    {
        var bytes = Engine.Bytes(10_000);
        _engine.Driver.Seed("a", bytes, checksum: ChecksumHasher.Compute(ChecksumAlgorithm.Crc64Nvme, [1, 2, 3]));
        _engine.Script.WrapBody = (_, body) => new ScriptedBody(body, chunk: 1_000);
        await using var content = await _engine.Bucket.GetAsync("a");
        using var received = new MemoryStream();

        await CloudAssert.FailsAsync(() => content.CopyToAsync(received), CloudErrorCode.DataCorrupted, ObjectStorageErrorReasons.ChecksumMismatch);

        received.Length.ShouldBeLessThan(bytes.Length);
    }

    [Fact]
    public async Task Get_AfterAChecksumMismatch_NeverLooksComplete()
    {
        _engine.Driver.Seed("a", Engine.Bytes(100), checksum: ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, [1]));
        await using var content = await _engine.Bucket.GetAsync("a");

        await CloudAssert.FailsAsync(() => content.CopyToAsync(Stream.Null), CloudErrorCode.DataCorrupted, ObjectStorageErrorReasons.ChecksumMismatch);
        await CloudAssert.FailsAsync(() => content.CopyToAsync(Stream.Null), CloudErrorCode.DataCorrupted, ObjectStorageErrorReasons.ChecksumMismatch);
    }

    [Fact]
    public async Task Get_VerifyChecksumIsOff_ReturnsTheBytesAsTheyAre()
    {
        var bytes = Engine.Bytes(100);
        _engine.Driver.Seed("a", bytes, checksum: ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, [1]));

        (await _engine.Bucket.GetBytesAsync("a", new GetOptions { VerifyChecksum = false })).ShouldBeBytes(bytes);
    }

    [Fact]
    public async Task Get_ReadCancelled_PassesTheCancellationAndLaterReadsGoOn()
    {
        var bytes = Engine.Bytes(1_000);
        _engine.Driver.Seed("a", bytes);
        using var source = new CancellationTokenSource();
        BreakFirstBody(500, async token =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });
        await using var content = await _engine.Bucket.GetAsync("a");
        var buffer = new byte[1_000];
        await content.AsStream().ReadExactlyAsync(buffer.AsMemory(0, 500));

        await Should.ThrowAsync<OperationCanceledException>(async () => await content.AsStream().ReadExactlyAsync(buffer.AsMemory(500), source.Token));
        await content.AsStream().ReadExactlyAsync(buffer.AsMemory(500));

        buffer.ShouldBeBytes(bytes);
    }

    [Fact]
    public async Task Get_Disposed_DisposesTheBodyAndRefusesReads()
    {
        _engine.Driver.Seed("a", Engine.Bytes(1_000));
        var disposals = 0;
        _engine.Script.WrapBody = (_, body) => new ScriptedBody(body, disposed: () => disposals++);
        var content = await _engine.Bucket.GetAsync("a");

        await content.DisposeAsync();
        await content.DisposeAsync();

        disposals.ShouldBe(1);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await content.AsStream().ReadExactlyAsync(new byte[1]));
    }

    private static Task Reset(CancellationToken token) => Task.FromException(new IOException("Connection reset by peer."));

    private void BreakFirstBody(long after, Break kind) => BreakFirstBody(after, token => kind switch
    {
        Break.Reset => Reset(token),
        Break.Unavailable => Task.FromException(Errors.Unavailable()),
        _ => Task.CompletedTask,
    });

    private void BreakFirstBody(long after, Func<CancellationToken, Task> atBreak) =>
        _engine.Script.WrapBody = (call, body) => call.Number == 1 ? new ScriptedBody(body, after, atBreak) : body;

    private void LieFromTheSecondReply(Func<ObjectContent, ObjectContent> lie) => _engine.Script.Lie = (call, content) => call.Number == 1 ? content : lie(content);
}
