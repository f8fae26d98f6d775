using SkyCompat.Compute;

namespace SkyCompat.Google;

/// <summary>Makes neutral instances of Compute Engine's.</summary>
internal static class GceInstanceMapper
{
    private const string Preempted = "compute.instances.preempted";

    /// <summary>Whether the state alone does not tell what becomes of an instance.</summary>
    public static bool NeedsFate(GceInstance instance) => instance.Status == GceStates.Stopping || (instance.Status == GceStates.Terminated && IsSpot(instance));

    public static Instance Map(GceInstance instance, string zone, GceFate fate)
    {
        var isPreempted = fate == GceFate.Preempted;
        var isDeleted = fate == GceFate.Deleted || (isPreempted && instance.Scheduling?.InstanceTerminationAction == "DELETE");
        return new Instance
        {
            Id = GceNames.Id(zone, instance.Name!),
            Name = instance.Name,
            Location = GceNames.LocationOf(zone),
            Phase = isDeleted ? InstancePhase.Deleting : GceStates.PhaseOf(instance.Status),
            RawState = instance.Status ?? "",
            ComputeBilled = GceStates.IsBilled(instance.Status),
            Preempted = isPreempted,
            StateReason = isPreempted ? Preempted : instance.StatusMessage,
            InstanceType = GceNames.LastOf(instance.MachineType),
            Market = IsSpot(instance) ? Market.Spot : Market.OnDemand,
            PrivateAddresses = [.. (instance.NetworkInterfaces ?? []).Select(face => face.NetworkIp).OfType<string>()],
            PublicAddresses = [.. (instance.NetworkInterfaces ?? []).SelectMany(face => face.AccessConfigs ?? []).Select(access => access.NatIp).OfType<string>()],
            Tags = instance.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal),
            CreatedAt = GceTimes.TryParse(instance.CreationTimestamp),
        };
    }

    /// <summary>What is left to tell of a spot instance that was taken back and deleted.</summary>
    public static Instance Lost(string zone, string name) => new()
    {
        Id = GceNames.Id(zone, name),
        Name = name,
        Location = GceNames.LocationOf(zone),
        Phase = InstancePhase.Gone,
        RawState = Preempted,
        Preempted = true,
        StateReason = Preempted,
        Market = Market.Spot,
    };

    private static bool IsSpot(GceInstance instance) => instance.Scheduling is { ProvisioningModel: "SPOT" } or { Preemptible: true };
}
