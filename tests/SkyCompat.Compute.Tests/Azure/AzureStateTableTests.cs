using System.Text.Json;
using SkyCompat.Azure;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>Every row of the state table: Azure tells two halves, and both decide.</summary>
public sealed class AzureStateTableTests
{
    [Theory]
    [InlineData("Creating", null, null, InstancePhase.Provisioning, false)]
    [InlineData("Creating", "starting", null, InstancePhase.Booting, true)]
    [InlineData("Creating", "running", null, InstancePhase.Booting, true)]
    [InlineData("Updating", "starting", null, InstancePhase.Booting, true)]
    [InlineData("Updating", "running", null, InstancePhase.Running, true)]
    [InlineData("Succeeded", "running", null, InstancePhase.Running, true)]
    [InlineData("Succeeded", "stopping", null, InstancePhase.Stopping, true)]
    [InlineData("Updating", "stopping", null, InstancePhase.Stopping, true)]
    [InlineData("Updating", "deallocating", null, InstancePhase.Stopping, true)]
    [InlineData("Succeeded", "deallocated", null, InstancePhase.Stopped, false)]
    [InlineData("Succeeded", "stopped", null, InstancePhase.Stopped, true)]
    [InlineData("Updating", "deallocating", "Hibernating", InstancePhase.Hibernating, true)]
    [InlineData("Succeeded", "deallocated", "Hibernated", InstancePhase.Hibernated, false)]
    [InlineData("Deleting", "running", null, InstancePhase.Deleting, true)]
    [InlineData("Deleting", null, null, InstancePhase.Deleting, false)]
    [InlineData("Failed", null, null, InstancePhase.Failed, false)]
    [InlineData("Failed", "running", null, InstancePhase.Running, true)]
    [InlineData("Failed", "deallocated", null, InstancePhase.Stopped, false)]
    [InlineData("Canceled", null, null, InstancePhase.Failed, false)]
    [InlineData("Migrating", null, null, InstancePhase.Repairing, false)]
    [InlineData("Succeeded", null, null, InstancePhase.Unknown, false)]
    [InlineData("Succeeded", "dreaming", null, InstancePhase.Unknown, false)]
    [InlineData("Dreaming", null, null, InstancePhase.Unknown, false)]
    [InlineData(null, null, null, InstancePhase.Unknown, false)]
    public void Rows(string? provisioning, string? power, string? hibernation, InstancePhase phase, bool billed)
    {
        var statuses = new List<string> { $$"""{"code":"ProvisioningState/{{provisioning?.ToLowerInvariant()}}"}""" };
        if (power is not null)
        {
            statuses.Add($$"""{"code":"PowerState/{{power}}","displayStatus":"VM {{power}}"}""");
        }

        if (hibernation is not null)
        {
            statuses.Add($$"""{"code":"HibernationState/{{hibernation}}"}""");
        }

        var state = Read(provisioning, $$"""{"statuses":[{{string.Join(',', statuses)}}]}""", isSpot: false);

        state.Phase.ShouldBe(phase);
        state.IsBilled.ShouldBe(billed);
        state.IsPreempted.ShouldBeFalse();
        state.Reason.ShouldBeNull();
        state.Raw.ShouldBe(string.Join('/', new[] { provisioning, power, hibernation }.Where(part => part is not null)));
    }

    [Fact]
    public void A_failure_is_told_in_the_services_words()
    {
        var state = Read("Failed", """{"statuses":[{"code":"ProvisioningState/failed/AllocationFailed","level":"Error","displayStatus":"Provisioning failed","message":"Allocation failed."}]}""", isSpot: false);
        state.Phase.ShouldBe(InstancePhase.Failed);
        state.Reason.ShouldBe("AllocationFailed: Allocation failed.");
    }

    [Theory]
    [InlineData(true, "deallocated", true)]
    [InlineData(false, "deallocated", false)]
    [InlineData(true, "running", false)]
    public void Only_a_spot_machine_without_power_was_taken_back(bool isSpot, string power, bool preempted) =>
        Read("Succeeded", $$"""{"statuses":[{"code":"ProvisioningState/succeeded","message":"Deallocated by eviction."},{"code":"PowerState/{{power}}"}]}""", isSpot).IsPreempted.ShouldBe(preempted);

    [Fact]
    public void A_machine_without_a_view_is_not_known() => VirtualMachineState.Read("Succeeded", default, isSpot: false).Phase.ShouldBe(InstancePhase.Unknown);

    private static VirtualMachineState Read(string? provisioning, string view, bool isSpot)
    {
        using var document = JsonDocument.Parse(view);
        return VirtualMachineState.Read(provisioning, document.RootElement, isSpot);
    }
}
