using System.Text.Json;
using SkyCompat.Compute;

namespace SkyCompat.Azure;

/// <summary>The state of a machine, of which Azure tells two halves: how far its making or changing is, and whether it has power.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Raw">Both halves as Azure spells them.</param>
/// <param name="IsBilled">Whether compute is billed.</param>
/// <param name="IsPreempted">Whether it is a spot machine that was taken back.</param>
/// <param name="Reason">What Azure says of a failure.</param>
internal sealed record VirtualMachineState(InstancePhase Phase, string Raw, bool IsBilled, bool IsPreempted, string? Reason)
{
    /// <summary>Reads a state.</summary>
    /// <param name="provisioning">The machine's <c>provisioningState</c>.</param>
    /// <param name="view">Its instance view; undefined if there is none.</param>
    /// <param name="isSpot">Whether it is a spot machine.</param>
    public static VirtualMachineState Read(string? provisioning, JsonElement view, bool isSpot)
    {
        string? power = null, hibernation = null, failure = null, reason = null;
        var evicted = false;
        foreach (var status in view.Items("statuses"))
        {
            var code = status.Text("code") ?? "";
            evicted |= Has(code, "evict") || Has(status.Text("message"), "evict") || Has(status.Text("displayStatus"), "evict");
            if (After(code, "PowerState/") is { } state)
            {
                power = state.ToLowerInvariant();
            }
            else if (After(code, "HibernationState/") is { } saved)
            {
                hibernation = saved;
            }
            else if (After(code, "ProvisioningState/failed") is { } failed)
            {
                failure = failed.TrimStart('/');
                reason = status.Text("message") ?? status.Text("displayStatus");
            }
        }

        var phase = PhaseOf(provisioning, power, hibernation);
        return new VirtualMachineState(
            phase,
            string.Join('/', new[] { provisioning, power, hibernation }.Where(static part => !string.IsNullOrEmpty(part))),
            // Asked of the power: whatever else goes on, a machine that has it is paid for.
            power is not null ? power is "starting" or "running" or "stopping" or "stopped" or "deallocating" : phase is InstancePhase.Booting or InstancePhase.Running or InstancePhase.Rebooting,
            isSpot && evicted && phase is InstancePhase.Stopped or InstancePhase.Stopping,
            reason is null && failure is not { Length: > 0 } ? null : string.Join(": ", new[] { failure, reason }.Where(static part => !string.IsNullOrEmpty(part))));
    }

    private static InstancePhase PhaseOf(string? provisioning, string? power, string? hibernation) => (provisioning?.ToLowerInvariant(), power) switch
    {
        ("deleting", _) => InstancePhase.Deleting,
        ("creating", null or "unknown") => InstancePhase.Provisioning,
        ("creating", "starting" or "running") => InstancePhase.Booting,
        ("creating", "deallocated" or "stopped") => InstancePhase.Provisioning,
        (_, "starting") => InstancePhase.Booting,
        (_, "running") => Is(hibernation, "Hibernating") ? InstancePhase.Hibernating : InstancePhase.Running,
        (_, "stopping") => InstancePhase.Stopping,
        (_, "deallocating") => Is(hibernation, "Hibernating") ? InstancePhase.Hibernating : InstancePhase.Stopping,
        (_, "stopped") => InstancePhase.Stopped,
        (_, "deallocated") => Is(hibernation, "Hibernated") ? InstancePhase.Hibernated : Is(hibernation, "Hibernating") ? InstancePhase.Hibernating : InstancePhase.Stopped,
        (_, "hibernating") => InstancePhase.Hibernating,
        (_, "hibernated") => InstancePhase.Hibernated,
        // A machine whose last change failed may run all the same; only without power it never came up.
        ("failed" or "canceled", null) => InstancePhase.Failed,
        ("migrating", null) => InstancePhase.Repairing,
        ("updating", null) => InstancePhase.Provisioning,
        _ => InstancePhase.Unknown,
    };

    private static string? After(string code, string start) => code.StartsWith(start, StringComparison.OrdinalIgnoreCase) ? code[start.Length..] : null;

    private static bool Is(string? text, string word) => word.Equals(text, StringComparison.OrdinalIgnoreCase);

    private static bool Has(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}
