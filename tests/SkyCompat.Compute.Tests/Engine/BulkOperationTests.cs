using SkyCompat.Drivers;

namespace SkyCompat.Compute.Tests.Engine;

/// <summary>A launch of several that has one operation of the provider's, which fails although some of them may run.</summary>
public sealed class BulkOperationTests
{
    private static readonly CloudException Shortage = new(CloudErrorCode.CapacityShortage, "Two of three could be had.") { IsTransient = false };

    [Fact]
    public async Task OperationThatFailed_EachInstanceIsJudgedByWhatItShows()
    {
        var (cloud, operation, host) = await LaunchAsync(minCount: 2);
        using var _ = host;
        Show(cloud, "id1-2", InstancePhase.Booting);
        cloud.Check = new OperationCheck(IsDone: true, Shortage);

        (await operation.PollAsync()).State.ShouldBe(ComputeOperationState.Running, "one of them is on its way and would be enough");
        Show(cloud, "id1-2", InstancePhase.Running);

        (await operation.WaitAsync()).Select(instance => instance.Id).ShouldBe(["id1-1", "id1-2"]);
    }

    [Fact]
    public async Task OperationThatFailed_FewerThanTheMinimum_IsItsErrorAndKeepsNothing()
    {
        var (cloud, operation, host) = await LaunchAsync(minCount: 3);
        using var _ = host;
        Show(cloud, "id1-2", InstancePhase.Booting);
        cloud.Check = new OperationCheck(IsDone: true, Shortage);

        var error = await Should.ThrowAsync<CloudException>(() => operation.WaitAsync());

        error.Code.ShouldBe(CloudErrorCode.CapacityShortage);
        cloud.Instances.ShouldBeEmpty();
    }

    private static async Task<(ScriptedCompute Cloud, IComputeOperation Operation, ScriptedHost Host)> LaunchAsync(int minCount)
    {
        var cloud = new ScriptedCompute();
        var host = new ScriptedHost(cloud);
        var spec = new LaunchSpec { IdempotencyKey = "web", Image = ImageReference.OfFamily("any"), Count = 3, MinCount = minCount };
        return (cloud, await host.Compute.LaunchAsync(spec, ScriptedCompute.Offer), host);
    }

    private static void Show(ScriptedCompute cloud, string id, InstancePhase phase) => cloud.Instances[id] = cloud.Instances["id1-1"] with { Id = id, Phase = phase };
}
