namespace SkyCompat.Google;

/// <summary>An instance, as it is sent and as it is read.</summary>
internal sealed class GceInstance
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? Zone { get; set; }

    public string? MachineType { get; set; }

    public string? Status { get; set; }

    public string? StatusMessage { get; set; }

    public string? CreationTimestamp { get; set; }

    public string? LastStartTimestamp { get; set; }

    public string? LastStopTimestamp { get; set; }

    public string? LastSuspendedTimestamp { get; set; }

    public Dictionary<string, string>? Labels { get; set; }

    public List<GceAttachedDisk>? Disks { get; set; }

    public List<GceInterface>? NetworkInterfaces { get; set; }

    public GceMetadata? Metadata { get; set; }

    public GceScheduling? Scheduling { get; set; }

    public GceTags? Tags { get; set; }
}
