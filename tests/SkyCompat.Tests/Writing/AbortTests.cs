using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class AbortTests : IAsyncDisposable
{
    private const int Part = 64 << 10;

    private readonly Engine _engine = new(capabilities: ScriptedBucket.Everything with { MinPartBytes = Part, MaxPutBytes = Part });

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData(100)]
    [InlineData(3 * Part)]
    public async Task Put_SourceFailsMidway_PassesItsErrorAndLeavesNothing(int after)
    {
        var source = new ScriptedBody(new MemoryStream(Engine.Bytes(10 * Part)), after, _ => Task.FromException(new InvalidDataException("The source broke.")));

        (await Should.ThrowAsync<InvalidDataException>(() => _engine.Bucket.PutAsync("a", source, Options))).Message.ShouldBe("The source broke.");

        ShouldLeaveNothing();
    }

    [Fact]
    public async Task Put_CancelledWhilePartsAreInFlight_AbortsAndReturnsTheBudget()
    {
        using var source = new CancellationTokenSource();
        var reached = _engine.Script.HangAsync("PutPart", 2);

        var put = _engine.Bucket.PutAsync("a", Engine.Bytes(10 * Part), Options, source.Token);
        await reached;
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => put);
        ShouldLeaveNothing();
        _engine.Script.Count("AbortMultipartUpload").ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_CancelledWhileTheUploadIsBeingCreated_AbortsWhatWasCreated(bool byStream)
    {
        using var source = new CancellationTokenSource();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reply = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _engine.Script.After("CreateMultipartUpload", async _ =>
        {
            reached.SetResult();
            await reply.Task;
        });
        ObjectBody body = byStream ? new MemoryStream(Engine.Bytes(10 * Part)) : Engine.Bytes(10 * Part);

        var put = _engine.Bucket.PutAsync("a", body, Options, source.Token);
        await reached.Task;
        await source.CancelAsync();
        reply.SetResult();

        await Should.ThrowAsync<OperationCanceledException>(() => put);
        ShouldLeaveNothing();
    }

    [Fact]
    public async Task Put_PartFailsForGood_FailsWithThatErrorAndAborts()
    {
        _engine.Script.Fail("PutPart", Errors.Denied, 2);

        await CloudAssert.FailsAsync(() => _engine.Bucket.PutAsync("a", Engine.Bytes(10 * Part), Options), CloudErrorCode.PermissionDenied);

        ShouldLeaveNothing();
    }

    [Fact]
    public async Task Commit_PartFailed_FailsWithThatErrorAndDisposeAborts()
    {
        _engine.Script.Fail("PutPart", Errors.Denied, 1);
        await using (var writer = _engine.Bucket.OpenWrite("a", Options))
        {
            await writer.WriteAsync(Engine.Bytes(Part + 1));

            await CloudAssert.FailsAsync(() => writer.CommitAsync(), CloudErrorCode.PermissionDenied);
        }

        ShouldLeaveNothing();
    }

    [Fact]
    public async Task Put_CreateUploadFails_FailsWithThatErrorAndReturnsTheBudget()
    {
        _engine.Script.Fail("CreateMultipartUpload", Errors.Denied);

        await CloudAssert.FailsAsync(() => _engine.Bucket.PutAsync("a", new MemoryStream(Engine.Bytes(3 * Part)), Options), CloudErrorCode.PermissionDenied);

        ShouldLeaveNothing();
    }

    [Fact]
    public async Task Put_CompleteFails_AbortsTheUpload()
    {
        _engine.Script.Fail("CompleteMultipartUpload", Errors.Denied);

        await CloudAssert.FailsAsync(() => _engine.Bucket.PutAsync("a", Engine.Bytes(3 * Part), Options), CloudErrorCode.PermissionDenied);

        ShouldLeaveNothing();
    }

    [Fact]
    public async Task Put_AbortFails_StillReportsTheFirstErrorAndWarns()
    {
        _engine.Script.Fail("CompleteMultipartUpload", Errors.Denied);
        _engine.Script.Fail("AbortMultipartUpload", Errors.Unavailable);

        await CloudAssert.FailsAsync(() => _engine.Bucket.PutAsync("a", Engine.Bytes(3 * Part), Options), CloudErrorCode.PermissionDenied);

        _engine.Logs.GetSnapshot().ShouldContain(record => record.Id.Id == 1003 && record.Message.Contains("upload-1"));
        _engine.Budget.Used.ShouldBe(0);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3 * Part)]
    public async Task Dispose_WithoutCommit_LeavesNothing(int size)
    {
        await using (var writer = _engine.Bucket.OpenWrite("a", Options))
        {
            await writer.WriteAsync(Engine.Bytes(size));
            writer.BytesWritten.ShouldBe(size);
        }

        ShouldLeaveNothing();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_Twice_IsOnce(bool commits)
    {
        var writer = _engine.Bucket.OpenWrite("a", Options);
        await writer.WriteAsync(Engine.Bytes(3 * Part));
        if (commits)
        {
            await writer.CommitAsync();
        }

        await writer.DisposeAsync();
        await writer.DisposeAsync();

        _engine.Script.Count("AbortMultipartUpload").ShouldBe(commits ? 0 : 1);
        _engine.ShouldHoldNothing();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3 * Part)]
    public async Task Commit_Twice_IsRefusedAndTheObjectStays(int size)
    {
        await using var writer = _engine.Bucket.OpenWrite("a", Options);
        await writer.WriteAsync(Engine.Bytes(size));
        await writer.CommitAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => writer.CommitAsync());
        await Should.ThrowAsync<InvalidOperationException>(async () => await writer.WriteAsync(new byte[1]));

        _engine.Driver.Objects["a"].Bytes.Length.ShouldBe(size);
        _engine.Driver.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_AfterACancelledWrite_IsRefusedAndDisposeAborts()
    {
        using var source = new CancellationTokenSource();
        await using (var writer = _engine.Bucket.OpenWrite("a", Options with { Concurrency = 1 }))
        {
            var reached = _engine.Script.HangAsync("PutPart");
            await writer.WriteAsync(Engine.Bytes((2 * Part) - 1));
            await reached;
            var write = writer.WriteAsync(Engine.Bytes(3 * Part), source.Token).AsTask();
            await source.CancelAsync();

            await Should.ThrowAsync<OperationCanceledException>(() => write);
            await Should.ThrowAsync<InvalidOperationException>(async () => await writer.WriteAsync(new byte[1]));
            await Should.ThrowAsync<InvalidOperationException>(() => writer.CommitAsync());
        }

        ShouldLeaveNothing();
    }

    [Fact]
    public async Task Write_AsStream_WritesAndDoesNotCommitWhenClosed()
    {
        await using (var writer = _engine.Bucket.OpenWrite("a", Options))
        {
            await using (var stream = writer.AsStream())
            {
                await new MemoryStream(Engine.Bytes(3 * Part)).CopyToAsync(stream);
            }

            _engine.Driver.Objects.ShouldBeEmpty();
            await writer.CommitAsync();
        }

        _engine.Driver.Objects["a"].Bytes.ShouldBeBytes(Engine.Bytes(3 * Part));
        _engine.ShouldHoldNothing();
    }

    [Fact]
    public async Task Put_BudgetUsedUp_WaitsForItAndCanBeCancelled()
    {
        _engine.Budget.TryReserve(64 << 20).ShouldBeTrue();
        using var source = new CancellationTokenSource();
        var cancelled = _engine.Bucket.PutAsync("a", new MemoryStream(Engine.Bytes(3 * Part)), Options, source.Token);
        var waiting = _engine.Bucket.PutAsync("b", new MemoryStream(Engine.Bytes(3 * Part)), Options);

        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        waiting.IsCompleted.ShouldBeFalse();
        _engine.Budget.Release(64 << 20);
        await waiting;

        _engine.Driver.Objects.Keys.ShouldBe(["b"]);
        _engine.ShouldHoldNothing();
    }

    [Fact]
    public async Task Put_TransportStillCopiesAfterCancellation_TheBufferIsNotReusedBefore()
    {
        // A connection that ignores its token, as some do in the middle of a write.
        using var source = new CancellationTokenSource();
        var copying = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var connection = new StuckConnection();
        Task? transport = null;
        _engine.Script.Before("PutPart", async call =>
        {
            transport = call.Body!.CopyToAsync(connection, CancellationToken.None);
            await connection.Reached;
            copying.SetResult();
            await Task.Delay(Timeout.Infinite, call.Token);
        }, call => call.Part == 1);

        var put = _engine.Bucket.PutAsync("a", new MemoryStream(Engine.Bytes(Part + 1)), Options, source.Token);
        await copying.Task;
        await source.CancelAsync();
        put.IsCompleted.ShouldBeFalse();
        _engine.Budget.Used.ShouldBeGreaterThanOrEqualTo(Part);
        connection.Release();

        await Should.ThrowAsync<OperationCanceledException>(() => put);
        await transport!;
        connection.Received.ShouldBeBytes(Engine.Bytes(Part + 1)[..Part]);
        ShouldLeaveNothing();
    }

    [Fact]
    public async Task UploadBody_AttemptIsOver_RefusesLateReaders()
    {
        SkyCompat.Drivers.UploadBody? body = null;
        _engine.Script.Before("PutObject", call =>
        {
            body = call.Body;
            return Task.CompletedTask;
        });

        await _engine.Bucket.PutAsync("a", Engine.Bytes(100));

        await Should.ThrowAsync<ObjectDisposedException>(() => body!.CopyToAsync(Stream.Null, CancellationToken.None));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await body!.AsStream().ReadExactlyAsync(new byte[1]));
    }

    private static PutOptions Options => new() { PartSizeBytes = Part };

    private void ShouldLeaveNothing()
    {
        _engine.Driver.Objects.ShouldBeEmpty();
        _engine.ShouldHoldNothing();
    }

    private sealed class StuckConnection : MemoryStream
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public byte[] Received => ToArray();

        public void Release() => _release.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _reached.TrySetResult();
            await _release.Task;
            Write(buffer.Span);
        }
    }
}
