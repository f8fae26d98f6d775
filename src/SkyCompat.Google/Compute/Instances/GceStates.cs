using SkyCompat.Compute;

namespace SkyCompat.Google;

/// <summary>What the states of Compute Engine mean.</summary>
internal static class GceStates
{
    public const string Stopping = "STOPPING";
    public const string Terminated = "TERMINATED";
    public const string Suspended = "SUSPENDED";

    /// <summary>The phase of a state; what the last operation says of STOPPING and TERMINATED comes on top.</summary>
    public static InstancePhase PhaseOf(string? status) => status switch
    {
        "PENDING" or "PROVISIONING" => InstancePhase.Provisioning,
        "STAGING" => InstancePhase.Booting,
        "RUNNING" => InstancePhase.Running,
        "PENDING_STOP" or Stopping => InstancePhase.Stopping,

        // Stopped, in spite of its name; a deleted instance is not shown.
        Terminated or "STOPPED" => InstancePhase.Stopped,
        "SUSPENDING" => InstancePhase.Hibernating,
        Suspended => InstancePhase.Hibernated,
        "REPAIRING" => InstancePhase.Repairing,
        "DEPROVISIONING" => InstancePhase.Deleting,
        _ => InstancePhase.Unknown,
    };

    /// <summary>Whether processors and memory are billed: from running until stopped, and not while the provider repairs.</summary>
    public static bool IsBilled(string? status) => status is "RUNNING" or "PENDING_STOP" or Stopping or "SUSPENDING";
}
