namespace SkyCompat.Compute.Tests.Engine;

/// <summary>An instance that the provider shows no more: gone if it was to go, lost if not.</summary>
public sealed class VanishedTests
{
    private static readonly LaunchSpec Web = new() { IdempotencyKey = "web", Image = ImageReference.OfFamily("any") };

    [Fact]
    public async Task BeforeItRan_FailsTheLaunch_WhichCanBeSentAgain()
    {
        var cloud = new ScriptedCompute();
        using var host = new ScriptedHost(cloud);
        var operation = await host.Compute.LaunchAsync(Web, ScriptedCompute.Offer, TestContext.Current.CancellationToken);
        cloud.Instances.Clear();

        var error = await Should.ThrowAsync<CloudException>(() => operation.WaitAsync());

        (error.Code, error.Reason).ShouldBe((CloudErrorCode.NotFound, ComputeErrorReasons.NothingLaunched));
        (await host.Compute.LaunchAndWaitAsync(Web, ScriptedCompute.Offer)).ShouldHaveSingleItem().Phase.ShouldBe(InstancePhase.Running);
    }

    [Theory]
    [InlineData(InstanceAction.Terminate, true)]
    [InlineData(InstanceAction.Stop, false)]
    [InlineData(InstanceAction.Reboot, false)]
    public async Task WhileItIsWaitedFor_IsTheGoalOfTerminatingOnly(InstanceAction action, bool isReached)
    {
        var cloud = new ScriptedCompute();
        using var host = new ScriptedHost(cloud);
        var id = (await host.Compute.LaunchAndWaitAsync(Web, ScriptedCompute.Offer)).Single().Id;

        var status = await (await host.Compute.ActAsync(id, action)).PollAsync();

        status.State.ShouldBe(isReached ? ComputeOperationState.Succeeded : ComputeOperationState.Failed);
        status.Instances.ShouldHaveSingleItem().Phase.ShouldBe(InstancePhase.Gone);
        status.Error?.Reason.ShouldBe(ComputeErrorReasons.TerminalState);
    }
}
