using SkyCompat.Emulators.GoogleCompute;
using SkyCompat.Google;

namespace SkyCompat.Compute.Tests.Google;

/// <summary>The column of Compute Engine in the table of states, a test for each row.</summary>
public sealed class GceStateTests
{
    /// <summary>The states that a provider shows by themselves: state, phase, whether compute is billed.</summary>
    public static TheoryData<string, InstancePhase, bool> States { get; } = new()
    {
        { "PROVISIONING", InstancePhase.Provisioning, false },
        { "PENDING", InstancePhase.Provisioning, false },
        { "STAGING", InstancePhase.Booting, false },
        { "RUNNING", InstancePhase.Running, true },
        { "STOPPING", InstancePhase.Stopping, true },
        { "TERMINATED", InstancePhase.Stopped, false },
        { "STOPPED", InstancePhase.Stopped, false },
        { "SUSPENDING", InstancePhase.Hibernating, true },
        { "SUSPENDED", InstancePhase.Hibernated, false },
        { "REPAIRING", InstancePhase.Repairing, false },
        { "DEPROVISIONING", InstancePhase.Deleting, false },
    };

    [Theory]
    [MemberData(nameof(States))]
    public async Task State_ShownByTheProvider_HasAPhase(string status, InstancePhase phase, bool billed)
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var instance = await cloud.RunningAsync();
        cloud.Emulator.SetStatus(GceTestCloud.Zone, GceTestCloud.Key, status);
        var seen = (await cloud.Driver.TryGetAsync(instance.Id, default)).ShouldNotBeNull();
        seen.Phase.ShouldBe(phase);
        seen.RawState.ShouldBe(status);
        seen.ComputeBilled.ShouldBe(billed);
        seen.Preempted.ShouldBeFalse();
    }

    [Theory]
    [InlineData("SOMETHING_NEW")]
    [InlineData("")]
    [InlineData(null)]
    public void State_Unknown_IsNoError(string? status)
    {
        GceStates.PhaseOf(status).ShouldBe(InstancePhase.Unknown);
        GceInstanceMapper.Map(new GceInstance { Name = "a", Status = status }, GceTestCloud.Zone, GceFate.None).RawState.ShouldBe(status ?? "");
    }

    [Fact]
    public async Task Launch_EachLook_ShowsTheNextState()
    {
        await using var cloud = await GceTestCloud.StartAsync(steps: 3);
        var receipt = await cloud.LaunchAsync();
        var phases = new List<InstancePhase>();
        for (var i = 0; i < 4; i++)
        {
            phases.Add((await cloud.Driver.TryGetAsync(receipt.Ids[0], default)).ShouldNotBeNull().Phase);
        }

        phases.ShouldBe([InstancePhase.Provisioning, InstancePhase.Booting, InstancePhase.Booting, InstancePhase.Running]);
    }

    [Fact]
    public async Task Stop_IsStoppingAndThenStopped()
    {
        await using var cloud = await GceTestCloud.StartAsync(steps: 3);
        var instance = await cloud.RunningAsync();
        var handle = await cloud.Driver.ActAsync(instance.Id, InstanceAction.Stop, default);
        await cloud.Driver.TryGetAsync(instance.Id, default);
        (await cloud.Driver.TryGetAsync(instance.Id, default))!.Phase.ShouldBe(InstancePhase.Stopping);
        (await cloud.EndAsync(handle)).ShouldBeNull();
        var stopped = (await cloud.Driver.TryGetAsync(instance.Id, default)).ShouldNotBeNull();
        stopped.Phase.ShouldBe(InstancePhase.Stopped);
        stopped.RawState.ShouldBe("TERMINATED");
        stopped.ComputeBilled.ShouldBeFalse();
        stopped.Preempted.ShouldBeFalse();
    }

    [Fact]
    public async Task Terminate_SharesTheStateOfStopping_AndIsDeleting()
    {
        await using var cloud = await GceTestCloud.StartAsync(steps: 4);
        var instance = await cloud.RunningAsync();
        var handle = await cloud.Driver.ActAsync(instance.Id, InstanceAction.Terminate, default);
        await cloud.Driver.TryGetAsync(instance.Id, default);
        var seen = (await cloud.Driver.TryGetAsync(instance.Id, default)).ShouldNotBeNull();
        seen.RawState.ShouldBe("STOPPING");
        seen.Phase.ShouldBe(InstancePhase.Deleting);
        var listed = await cloud.Driver.ListPageAsync(new InstanceQuery { Regions = [GceTestCloud.Region] }, null, default);
        listed.Items.Single().Phase.ShouldBe(InstancePhase.Deleting, "a list must not show what goes as if it stayed");
        (await cloud.EndAsync(handle)).ShouldBeNull();
        (await cloud.Driver.TryGetAsync(instance.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Preempted_KeptStopped_SaysSo()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var spec = new LaunchSpec { IdempotencyKey = GceTestCloud.Key, Image = ImageReference.OfFamily("debian-12"), SpotInterruption = SpotInterruption.Stop };
        var instance = await cloud.RunningAsync(spec, GceTestCloud.Offer(market: Market.Spot));
        cloud.Emulator.Preempt(GceTestCloud.Zone, GceTestCloud.Key);
        var stopping = (await cloud.Driver.TryGetAsync(instance.Id, default)).ShouldNotBeNull();
        stopping.Phase.ShouldBe(InstancePhase.Stopping);
        stopping.Preempted.ShouldBeTrue();
        await cloud.Driver.TryGetAsync(instance.Id, default);
        var stopped = (await cloud.Driver.TryGetAsync(instance.Id, default)).ShouldNotBeNull();
        stopped.Phase.ShouldBe(InstancePhase.Stopped);
        stopped.Preempted.ShouldBeTrue();
        stopped.StateReason.ShouldBe("compute.instances.preempted");

        await cloud.ActAsync(instance.Id, InstanceAction.Start);
        (await cloud.Driver.TryGetAsync(instance.Id, default))!.Preempted.ShouldBeFalse("it was started again");
        await cloud.ActAsync(instance.Id, InstanceAction.Stop);
        (await cloud.Driver.TryGetAsync(instance.Id, default))!.Preempted.ShouldBeFalse("the last to stop it was its user");
    }

    [Fact]
    public async Task Preempted_AndDeleted_IsToldFromWhatNeverWas()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var instance = await cloud.RunningAsync(offer: GceTestCloud.Offer(market: Market.Spot));
        cloud.Emulator.Preempt(GceTestCloud.Zone, GceTestCloud.Key);
        (await cloud.Driver.TryGetAsync(instance.Id, default))!.Phase.ShouldBe(InstancePhase.Deleting);
        await cloud.Driver.TryGetAsync(instance.Id, default);
        var lost = (await cloud.Driver.TryGetAsync(instance.Id, default)).ShouldNotBeNull();
        lost.Phase.ShouldBe(InstancePhase.Gone);
        lost.Preempted.ShouldBeTrue();
        (await cloud.Driver.TryGetAsync($"{GceTestCloud.Zone}/never", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Launch_ThatFails_IsGoneAndItsOperationSaysWhy()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Faults.Add(new GceFault { Operation = "compute.instances.insert", OperationCode = "INTERNAL_ERROR", Message = "Internal error.", OperationStatus = 500 });
        var receipt = await cloud.LaunchAsync();
        (await cloud.EndAsync(receipt.Handle)).ShouldNotBeNull().Code.ShouldBe(CloudErrorCode.Unavailable);
        (await cloud.Driver.TryGetAsync(receipt.Ids[0], default)).ShouldBeNull();
    }

    [Fact]
    public async Task Launch_NotVisibleYet_IsNull()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var receipt = await cloud.LaunchAsync();
        cloud.Faults.Add(new GceFault { Operation = "compute.instances.get", Status = 404, Reason = "notFound", Message = "The resource 'projects/emulator/zones/europe-west3-a/instances/web' was not found" });
        (await cloud.Driver.TryGetAsync(receipt.Ids[0], default)).ShouldBeNull();
        (await cloud.Driver.TryGetAsync(receipt.Ids[0], default)).ShouldNotBeNull();
    }
}
