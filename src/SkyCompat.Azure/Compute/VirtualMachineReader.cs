using System.Text.Json;
using SkyCompat.Compute;

namespace SkyCompat.Azure;

/// <summary>Reads machines.</summary>
internal static class VirtualMachineReader
{
    /// <summary>Reads a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="view">Its instance view; undefined if it has none yet.</param>
    /// <param name="addresses">Its addresses.</param>
    /// <param name="scope">What ids are relative to.</param>
    public static Instance Read(JsonElement machine, JsonElement view, MachineAddressPair addresses, ArmScope scope)
    {
        var properties = machine.At("properties");
        var isSpot = properties.Text("priority") is "Spot" or "Low";
        var state = VirtualMachineState.Read(properties.Text("provisioningState"), view, isSpot);
        return new Instance
        {
            Id = scope.ShortId(machine.Text("id")) ?? machine.Text("name") ?? "",
            Name = machine.Text("name"),
            Location = new CloudLocation(machine.Text("location") is { } region ? Regions.Normalize(region) : null, machine.Texts("zones").FirstOrDefault()),
            Phase = state.Phase,
            RawState = state.Raw,
            ComputeBilled = state.IsBilled,
            Preempted = state.IsPreempted,
            StateReason = state.Reason,
            InstanceType = properties.Text("hardwareProfile", "vmSize"),
            Market = isSpot ? Market.Spot : Market.OnDemand,
            PrivateAddresses = addresses.Private,
            PublicAddresses = addresses.Public,
            Tags = machine.Tags(),
            CreatedAt = properties.Time("timeCreated"),
        };
    }
}
