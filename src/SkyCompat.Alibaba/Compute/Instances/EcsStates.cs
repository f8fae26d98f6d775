using SkyCompat.Compute;

namespace SkyCompat.Alibaba;

/// <summary>What the states of instances mean.</summary>
internal static class EcsStates
{
    /// <summary>The lock of a spot instance that is being taken back.</summary>
    private const string Recycling = "Recycling";

    private const string StopCharging = "StopCharging";

    public static InstancePhase PhaseOf(string status) => status switch
    {
        "Pending" => InstancePhase.Provisioning,
        "Starting" => InstancePhase.Booting,
        "Running" => InstancePhase.Running,
        "Stopping" => InstancePhase.Stopping,
        "Stopped" => InstancePhase.Stopped,
        _ => InstancePhase.Unknown,
    };

    /// <summary>Whether compute is billed. What is stopped is, unless it was stopped so that it is not; the mode stays what it was after the next start.</summary>
    public static bool IsBilled(EcsInstance instance) => instance.Status switch
    {
        "Pending" => false,
        "Stopped" => instance.StoppedMode != StopCharging,
        _ => true,
    };

    public static bool IsPreempted(EcsInstance instance) => LocksOf(instance).Contains(Recycling, StringComparer.Ordinal);

    /// <summary>Why the provider locked it; null if it did not.</summary>
    public static string? ReasonOf(EcsInstance instance) => LocksOf(instance) is { Length: > 0 } locks ? "locked: " + string.Join(", ", locks) : null;

    private static string[] LocksOf(EcsInstance instance) => [.. (instance.OperationLocks?.LockReason ?? []).Select(entry => entry.LockReason).OfType<string>()];
}
