using Polly.CircuitBreaker;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class RetryTests
{
    [Theory]
    [InlineData(CloudErrorCode.Unavailable)]
    [InlineData(CloudErrorCode.Throttled)]
    [InlineData(CloudErrorCode.Timeout)]
    public async Task Call_TransientError_IsRetriedUpToMaxAttempts(CloudErrorCode code)
    {
        await using var engine = new Engine(cloud => cloud.Resilience.MaxAttempts = 4);
        engine.Script.Fail("GetObjectInfo", () => new CloudException(code, "Not now."));

        var error = await CloudAssert.FailsAsync(() => engine.Bucket.TryGetInfoAsync("a"), code);

        engine.Script.Count("GetObjectInfo").ShouldBe(4);
        engine.Time.Delays.Count.ShouldBe(3);
        (error.Operation, error.Resource, error.Provider).ShouldBe(("GetObjectInfo", "media/a", new CloudProvider("Test")));
    }

    [Theory]
    [InlineData(CloudErrorCode.InvalidArgument)]
    [InlineData(CloudErrorCode.Unauthenticated)]
    [InlineData(CloudErrorCode.PermissionDenied)]
    [InlineData(CloudErrorCode.NotFound)]
    [InlineData(CloudErrorCode.Conflict)]
    [InlineData(CloudErrorCode.QuotaExceeded)]
    [InlineData(CloudErrorCode.Unknown)]
    public async Task Call_LastingError_IsNotRetried(CloudErrorCode code)
    {
        await using var engine = new Engine();
        engine.Script.Fail("GetObjectInfo", () => new CloudException(code, "Never."));

        await CloudAssert.FailsAsync(() => engine.Bucket.TryGetInfoAsync("a"), code);

        engine.Script.Count("GetObjectInfo").ShouldBe(1);
    }

    [Fact]
    public async Task Probe_LastingErrorAtTheFirstRequest_IsNamedLikeAnyOther()
    {
        await using var engine = new Engine();
        engine.Storage.ProbesCapabilities = true;
        engine.Script.Fail("GetBucketCapabilities", () => new CloudException(CloudErrorCode.PermissionDenied, "No."));

        var error = await CloudAssert.FailsAsync(() => engine.Bucket.GetCapabilitiesAsync().AsTask(), CloudErrorCode.PermissionDenied);

        (error.Operation, error.Resource, error.Provider).ShouldBe(("GetBucketCapabilities", "media", new CloudProvider("Test")));
        engine.Script.Count("GetBucketCapabilities").ShouldBe(1);
    }

    [Fact]
    public async Task Probe_TransientErrors_CountLikeThoseOfAnyOtherCall()
    {
        await using var engine = new Engine(cloud => cloud.Resilience.MaxAttempts = 3);
        engine.Storage.ProbesCapabilities = true;
        engine.Script.Fail("GetBucketCapabilities", Errors.Unavailable, 1, 2, 3);

        var error = await CloudAssert.FailsAsync(() => engine.Bucket.PutAsync("a", Engine.Bytes(10)), CloudErrorCode.Unavailable);
        (error.Operation, error.Resource).ShouldBe(("GetBucketCapabilities", "media"));
        engine.Script.Count("GetBucketCapabilities").ShouldBe(3);

        await engine.Bucket.PutAsync("a", Engine.Bytes(10));
        engine.Script.Operations.Last().ShouldBe("PutObject");
    }

    [Theory]
    [InlineData(ErrorScope.Cloud, "SkyCompat:Clouds:home:Test")]
    [InlineData(ErrorScope.Request, null)]
    public async Task Call_ErrorOfEndpointOrCredentials_NamesWhereTheyAreConfigured(ErrorScope scope, string? path)
    {
        await using var engine = new Engine();
        engine.Script.Fail("GetObjectInfo", () => new CloudException(CloudErrorCode.Unauthenticated, "Check the key.") { Scope = scope, StatusCode = 403 });

        var error = await CloudAssert.FailsAsync(() => engine.Bucket.TryGetInfoAsync("a"), CloudErrorCode.Unauthenticated);

        error.ConfigurationPath.ShouldBe(path);
        error.Message.ShouldBe($"GetObjectInfo media/a: Check the key. [Unauthenticated, Test, 403{(path is null ? "" : ", configured at " + path)}]");
    }

    [Fact]
    public async Task Call_SucceedsAtTheLastAttempt_Succeeds()
    {
        await using var engine = new Engine();
        engine.Script.Fail("PutObject", Errors.Unavailable, 1, 2, 3, 4, 5);

        await engine.Bucket.PutAsync("a", Engine.Bytes(100));

        engine.Driver.Objects["a"].Bytes.ShouldBeBytes(Engine.Bytes(100));
    }

    [Fact]
    public async Task Call_OneAttemptConfigured_IsNotRetried()
    {
        await using var engine = new Engine(cloud => cloud.Resilience.MaxAttempts = 1);
        engine.Script.Fail("GetObjectInfo", Errors.Unavailable);

        await CloudAssert.FailsAsync(() => engine.Bucket.TryGetInfoAsync("a"), CloudErrorCode.Unavailable);

        engine.Script.Count("GetObjectInfo").ShouldBe(1);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(300, 20)]
    public async Task Call_RetryAfter_IsWaitedForUpToMaxDelay(int asked, int waited)
    {
        await using var engine = new Engine();
        engine.Script.Fail("GetObjectInfo", () => new CloudException(CloudErrorCode.Throttled, "Slow down.") { RetryAfter = TimeSpan.FromSeconds(asked) }, 1);

        await engine.Bucket.ExistsAsync("a");

        engine.Time.Delays.ShouldBe([TimeSpan.FromSeconds(waited)]);
    }

    [Fact]
    public async Task Call_NoRetryAfter_WaitsLongerEachTimeWithinMaxDelay()
    {
        await using var engine = new Engine(cloud =>
        {
            cloud.Resilience.MaxAttempts = 10;
            cloud.Resilience.BaseDelay = TimeSpan.FromMilliseconds(100);
            cloud.Resilience.MaxDelay = TimeSpan.FromSeconds(3);
        });
        engine.Script.Fail("GetObjectInfo", Errors.Unavailable);

        await CloudAssert.FailsAsync(() => engine.Bucket.TryGetInfoAsync("a"), CloudErrorCode.Unavailable);

        engine.Time.Delays.Count.ShouldBe(9);
        engine.Time.Delays.ShouldAllBe(delay => delay <= TimeSpan.FromSeconds(3));
        engine.Time.Delays[^1].ShouldBeGreaterThan(engine.Time.Delays[0]);
    }

    [Fact]
    public async Task Call_NoProgress_IsATimeoutThatMayHaveTakenEffect()
    {
        await using var engine = new Engine(cloud => cloud.Resilience.MaxAttempts = 1);
        var hangs = engine.Script.HangAsync("PutObject");

        var put = engine.Bucket.PutAsync("a", new byte[10]);
        await hangs;
        engine.Time.Advance(TimeSpan.FromMinutes(50));

        var error = await CloudAssert.FailsAsync(() => put, CloudErrorCode.Timeout);
        error.IsTransient.ShouldBeTrue();
        error.MayHaveTakenEffect.ShouldBeTrue();
        error.InnerException.ShouldBeAssignableTo<OperationCanceledException>();
    }

    [Fact]
    public async Task Call_NoProgressOnce_IsRetried()
    {
        await using var engine = new Engine();
        var hangs = engine.Script.HangAsync("PutObject");

        var put = engine.Bucket.PutAsync("a", new byte[10]);
        await hangs;
        engine.Time.Advance(TimeSpan.FromMinutes(50));
        await put;

        engine.Script.Count("PutObject").ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_UploadProgresses_IsNotTimedOutHoweverLongItTakes(bool asStream)
    {
        await using var engine = new Engine(cloud => cloud.Resilience.MaxAttempts = 1);
        engine.Script.Before("PutObject", async call =>
        {
            // Each chunk takes most of the idle timeout, all together many times it.
            var connection = new SlowConnection(() => engine.Time.Advance(TimeSpan.FromMinutes(40)));
            await (asStream ? call.Body!.AsStream().CopyToAsync(connection, 64 << 10, call.Token) : call.Body!.CopyToAsync(connection, call.Token));
            call.Token.IsCancellationRequested.ShouldBeFalse();
        });

        await engine.Bucket.PutAsync("a", Engine.Bytes(2 << 20));

        engine.Time.GetUtcNow().ShouldBeGreaterThan(new DateTimeOffset(2026, 1, 2, 8, 0, 0, TimeSpan.Zero));
        engine.Driver.Objects["a"].Bytes.ShouldBeBytes(Engine.Bytes(2 << 20));
    }

    [Fact]
    public async Task Call_CallerCancels_PassesTheCallersCancellationAndStopsRetries()
    {
        await using var engine = new Engine();
        using var source = new CancellationTokenSource();
        var hangs = engine.Script.HangAsync("GetObjectInfo");

        var look = engine.Bucket.TryGetInfoAsync("a", cancellationToken: source.Token);
        await hangs;
        await source.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(() => look)).CancellationToken.ShouldBe(source.Token);
        engine.Script.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Call_CallerCancelsBetweenAttempts_StopsWaiting()
    {
        await using var engine = new Engine(cloud => cloud.Resilience.MaxDelay = TimeSpan.FromMinutes(30));
        using var source = new CancellationTokenSource();
        engine.Script.Fail("GetObjectInfo", () => new CloudException(CloudErrorCode.Throttled, "Slow down.") { RetryAfter = TimeSpan.FromMinutes(20) });

        var look = engine.Bucket.TryGetInfoAsync("a", cancellationToken: source.Token);
        look.IsCompleted.ShouldBeFalse();
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => look);
        engine.Script.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Call_TokenIsAlreadyCancelled_SendsNothing()
    {
        await using var engine = new Engine();

        await Should.ThrowAsync<OperationCanceledException>(() => engine.Bucket.PutAsync("a", new byte[1], cancellationToken: new CancellationToken(canceled: true)));

        engine.Script.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_DriverHasABug_PassesItsExceptionWithoutRetry()
    {
        await using var engine = new Engine();
        engine.Script.Before("GetObjectInfo", _ => Task.FromException(new FormatException("A bug.")));

        await Should.ThrowAsync<FormatException>(() => engine.Bucket.TryGetInfoAsync("a"));

        engine.Script.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Breaker_NearlyAllFail_OpensFailsAtOnceAndClosesAgain()
    {
        await using var engine = new Engine(cloud =>
        {
            cloud.Resilience.MaxAttempts = 1;
            cloud.Resilience.BreakerMinimumAttempts = 3;
            cloud.Resilience.BreakerDuration = TimeSpan.FromSeconds(5);
        });
        engine.Driver.Seed("a", []);
        engine.Script.Fail("GetObjectInfo", Errors.Unavailable, 1, 2, 3);
        for (var i = 0; i < 3; i++)
        {
            await CloudAssert.FailsAsync(() => engine.Bucket.ExistsAsync("a"), CloudErrorCode.Unavailable);
        }

        var open = await CloudAssert.FailsAsync(() => engine.Bucket.ExistsAsync("a"), CloudErrorCode.Unavailable);
        open.InnerException.ShouldBeAssignableTo<BrokenCircuitException>();
        open.Scope.ShouldBe(ErrorScope.Cloud);
        open.RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
        open.IsTransient.ShouldBeTrue();
        engine.Script.Calls.Count.ShouldBe(3);

        engine.Time.Advance(TimeSpan.FromSeconds(5));
        (await engine.Bucket.ExistsAsync("a")).ShouldBeTrue();
        (await engine.Bucket.ExistsAsync("a")).ShouldBeTrue();
        engine.Script.Calls.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Breaker_IsOpen_AttemptsWaitUntilItLetsOneThrough()
    {
        await using var engine = new Engine(cloud => cloud.Resilience.BreakerMinimumAttempts = 2);
        engine.Driver.Seed("a", []);
        engine.Script.Fail("GetObjectInfo", Errors.Unavailable, 1, 2);

        (await engine.Bucket.ExistsAsync("a")).ShouldBeTrue();

        engine.Script.Calls.Count.ShouldBe(3);
        engine.Time.Delays[^1].ShouldBeInRange(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Breaker_ErrorsOfTheRequest_NeverOpenIt()
    {
        await using var engine = new Engine(cloud => cloud.Resilience.BreakerMinimumAttempts = 2);
        engine.Script.Fail("GetObjectInfo", Errors.Denied);

        for (var i = 0; i < 20; i++)
        {
            await CloudAssert.FailsAsync(() => engine.Bucket.ExistsAsync("a"), CloudErrorCode.PermissionDenied);
        }

        engine.Script.Calls.Count.ShouldBe(20);
    }

    private sealed class SlowConnection(Action wrote) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            wrote();
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
