using SkyCompat.Transfer.Running;

namespace SkyCompat.Transfer.Tests.Running;

public sealed class ConcurrencyGateTests
{
    [Fact]
    public async Task EnterAsync_FullGate_WaitsUntilSomebodyLeavesOrTheLimitGrows()
    {
        var gate = new ConcurrencyGate(1);
        await gate.EnterAsync(default);
        var second = gate.EnterAsync(default).AsTask();
        var third = gate.EnterAsync(default).AsTask();
        second.IsCompleted.ShouldBeFalse();
        gate.IsFull.ShouldBeTrue();
        gate.Exit();
        await second;
        third.IsCompleted.ShouldBeFalse();
        gate.Limit = 2;
        await third;
    }

    [Fact]
    public async Task EnterAsync_Cancelled_TakesNoPlace()
    {
        var gate = new ConcurrencyGate(1);
        await gate.EnterAsync(default);
        using var stop = new CancellationTokenSource();
        var waiting = gate.EnterAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        gate.Exit();
        await gate.EnterAsync(TestContext.Current.CancellationToken);
    }
}
