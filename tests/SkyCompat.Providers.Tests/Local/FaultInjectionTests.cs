using Microsoft.Extensions.Time.Testing;
using SkyCompat.Drivers;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Local;

public sealed class FaultInjectionTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryStorageDriver _inner = new();
    private readonly FaultPlan _plan = new(seed: 7);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    [Fact]
    public async Task Status_OnTheThirdPut_RefusesThatOne()
    {
        var bucket = await OpenAsync();
        _plan.Add(new FaultRule { Kind = FaultKind.Status, Operations = FaultOperations.Put, FromCall = 3, MaxInjections = 1, StatusCode = 429, RetryAfter = TimeSpan.FromSeconds(2) });
        await bucket.PutAsync("1", "1");
        await bucket.PutAsync("2", "2");
        var failure = await bucket.PutAsync("3", "3").FailsAsync(CloudErrorCode.Throttled);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(2));
        failure.StatusCode.ShouldBe(429);
        failure.IsTransient.ShouldBeTrue();
        (await bucket.InfoAsync("3")).ShouldBeNull();
        await bucket.PutAsync("4", "4");
        _plan.Injected.ShouldBe(1);
        _plan.CountOf(FaultKind.Status).ShouldBe(1);
    }

    [Fact]
    public async Task ResetAfterSend_OfAWrite_TakesEffectAndSaysSo()
    {
        var bucket = await OpenAsync();
        _plan.Add(new FaultRule { Kind = FaultKind.ResetAfterSend, Operations = FaultOperations.Put | FaultOperations.GetInfo, MaxInjections = 2 });
        var failure = await bucket.PutAsync("key", "1").FailsAsync(CloudErrorCode.Unavailable);
        failure.MayHaveTakenEffect.ShouldBeTrue();
        (await bucket.InfoAsync("key").FailsAsync(CloudErrorCode.Unavailable)).MayHaveTakenEffect.ShouldBeFalse();
        (await bucket.ReadTextAsync("key")).ShouldBe("1");
    }

    [Fact]
    public async Task ResetBeforeSend_OfAWrite_DoesNothing()
    {
        var bucket = await OpenAsync();
        _plan.Add(new FaultRule { Kind = FaultKind.ResetBeforeSend, Operations = FaultOperations.Put, MaxInjections = 1 });
        (await bucket.PutAsync("key", "1").FailsAsync(CloudErrorCode.Unavailable)).MayHaveTakenEffect.ShouldBeFalse();
        (await bucket.InfoAsync("key")).ShouldBeNull();
    }

    [Fact]
    public async Task Bodies_Truncated_BreakOffAtTheByte()
    {
        var bucket = await OpenAsync();
        await bucket.PutAsync("key", DriverExtensions.Bytes(1000));
        _plan.Add(new FaultRule { Kind = FaultKind.TruncatedBody, AtByte = 600 });
        await using var content = await bucket.GetAsync("key", new GetOptions(), default);
        var buffer = new byte[1000];
        (await content.AsStream().ReadAtLeastAsync(buffer, 600)).ShouldBe(600);
        await content.AsStream().ReadAsync(buffer).AsTask().FailsAsync(CloudErrorCode.Unavailable);
        _plan.Injected.ShouldBe(1);
    }

    [Fact]
    public async Task Bodies_Corrupted_DifferInOneBit()
    {
        var bucket = await OpenAsync();
        var bytes = DriverExtensions.Bytes(1000);
        await bucket.PutAsync("key", bytes);
        _plan.Add(new FaultRule { Kind = FaultKind.CorruptedBody, AtByte = 500, MaxInjections = 1 });
        var read = await bucket.ReadAsync("key");
        (read[500] ^ bytes[500]).ShouldBe(1);
        read[500] = bytes[500];
        read.ShouldBe(bytes);
        (await bucket.ReadAsync("key")).ShouldBe(bytes);
    }

    [Fact]
    public async Task Delays_OfCallsAndBodies_GoByTheClock()
    {
        var bucket = await OpenAsync();
        await bucket.PutAsync("key", "body");
        _plan.Add(new FaultRule { Kind = FaultKind.Latency, Operations = FaultOperations.Get, Delay = TimeSpan.FromSeconds(5) });
        _plan.Add(new FaultRule { Kind = FaultKind.SlowBody, Delay = TimeSpan.FromSeconds(3) });
        var get = bucket.GetAsync("key", new GetOptions(), default);
        get.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));
        await using var content = await get;
        var read = content.AsStream().ReadAsync(new byte[10]).AsTask();
        read.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(3));
        (await read).ShouldBe(4);
    }

    [Fact]
    public async Task Probability_OfOneSeed_HitsTheSameCalls()
    {
        (await RunAsync()).ShouldBe(await RunAsync());

        async Task<string> RunAsync()
        {
            var plan = new FaultPlan(seed: 3).Add(new FaultRule { Kind = FaultKind.Status, Probability = 0.3, Operations = FaultOperations.GetInfo });
            await using var storage = new FaultInjectingStorageDriver(_inner, plan, _time);
            var bucket = await storage.BucketAsync();
            var outcome = "";
            for (var i = 0; i < 50; i++)
            {
                try
                {
                    await bucket.InfoAsync("key");
                    outcome += ".";
                }
                catch (CloudException)
                {
                    outcome += "x";
                }
            }

            outcome.ShouldContain("x");
            outcome.ShouldContain(".");
            return outcome;
        }
    }

    [Fact]
    public async Task Copy_BetweenWrappedBuckets_StaysInTheStore()
    {
        var bucket = await OpenAsync();
        await bucket.PutAsync("key", "body");
        var raw = _inner.OpenBucket(bucket.Name);
        bucket.CanCopyFrom(bucket).ShouldBeTrue();
        bucket.CanCopyFrom(raw).ShouldBeTrue();
        raw.CanCopyFrom(bucket).ShouldBeTrue();
        await bucket.CopyAsync(new CopySource(bucket, "key", null, default), "copy", new CopyOptions(), default);
        (await raw.ReadTextAsync("copy")).ShouldBe("body");
    }

    private async Task<BucketDriver> OpenAsync() => await new FaultInjectingStorageDriver(_inner, _plan, _time).BucketAsync();
}
