using System.Globalization;
using Amazon.EC2;
using Instance = SkyCompat.Compute.Instance;
using Model = Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>Reads an instance as EC2 shows it.</summary>
internal static class Ec2InstanceMapper
{
    private const string Hibernate = "Client.UserInitiatedHibernate";
    private const string SpotPrefix = "Server.SpotInstance";

    public static Instance Map(Model.Instance instance, string region, string homeRegion)
    {
        var state = instance.State?.Name?.Value ?? "";
        var reason = instance.StateReason?.Code;
        var (phase, billed) = PhaseOf(state, reason);
        return new Instance
        {
            Id = Ec2Id.Format(region, instance.InstanceId, homeRegion),
            Name = NameOf(instance),
            Location = new CloudLocation(region, string.IsNullOrEmpty(instance.Placement?.AvailabilityZone) ? null : instance.Placement.AvailabilityZone),
            Phase = phase,
            RawState = state,
            ComputeBilled = billed,
            Preempted = reason?.StartsWith(SpotPrefix, StringComparison.Ordinal) == true && phase is not (InstancePhase.Running or InstancePhase.Provisioning),
            StateReason = instance.StateReason?.Message is { Length: > 0 } message ? message : string.IsNullOrEmpty(reason) ? null : reason,
            InstanceType = instance.InstanceType?.Value,
            Market = instance.InstanceLifecycle == InstanceLifecycleType.Spot ? Market.Spot : Market.OnDemand,
            PrivateAddresses = string.IsNullOrEmpty(instance.PrivateIpAddress) ? [] : [instance.PrivateIpAddress],
            PublicAddresses = string.IsNullOrEmpty(instance.PublicIpAddress) ? [] : [instance.PublicIpAddress],
            Tags = Ec2Tags.ToDictionary(instance.Tags),
            CreatedAt = CreatedAt(instance),
        };
    }

    /// <summary>The phase, and whether compute is billed: while it runs, and while it writes its memory to disk.</summary>
    /// <remarks>An instance that ended before it ran is Gone like any terminated one, for nothing is left to delete; that it failed, and why, is what the look at the launch's operation tells.</remarks>
    public static (InstancePhase Phase, bool Billed) PhaseOf(string state, string? reason) => state switch
    {
        "pending" => (InstancePhase.Provisioning, false),
        "running" => (InstancePhase.Running, true),
        "stopping" => reason == Hibernate ? (InstancePhase.Hibernating, true) : (InstancePhase.Stopping, false),
        "stopped" => (reason == Hibernate ? InstancePhase.Hibernated : InstancePhase.Stopped, false),
        "shutting-down" => (InstancePhase.Deleting, false),
        "terminated" => (InstancePhase.Gone, false),
        _ => (InstancePhase.Unknown, true),
    };

    /// <summary>The name that instances of one launch carry, of which EC2 keeps one tag for all: each takes its own by its index in the launch.</summary>
    /// <param name="names">The names, numbered in one run.</param>
    public static string TagOf(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{names[0]}{RangeMark}{names[^1][(names[^1].LastIndexOf('-') + 1)..]}";

    private const string RangeMark = "..";

    private static string? NameOf(Model.Instance instance)
    {
        var name = Ec2Tags.NameOf(instance.Tags);
        var range = name?.IndexOf(RangeMark, StringComparison.Ordinal) ?? -1;
        var dash = range < 0 ? -1 : name!.LastIndexOf('-', range);
        return dash > 0 && int.TryParse(name.AsSpan(dash + 1, range - dash - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? string.Create(CultureInfo.InvariantCulture, $"{name.AsSpan(0, dash)}-{first + (instance.AmiLaunchIndex ?? 0)}")
            : name;
    }

    /// <summary>The launch time moves with each start; the first network interface stays attached since the launch.</summary>
    private static DateTimeOffset? CreatedAt(Model.Instance instance)
    {
        DateTime? attached = null;
        foreach (var network in instance.NetworkInterfaces ?? [])
        {
            attached = network.Attachment is { DeviceIndex: 0 or null } attachment ? attachment.AttachTime : attached;
        }

        return (attached ?? instance.LaunchTime) is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null;
    }
}
