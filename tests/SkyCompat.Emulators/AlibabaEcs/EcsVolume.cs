namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>A disk.</summary>
internal sealed class EcsVolume : EcsThing
{
    public required string ZoneId { get; init; }

    public required int Size { get; init; }

    public required string Category { get; init; }

    public string Type { get; init; } = "data";

    public string InstanceId { get; set; } = "";

    public string SnapshotId { get; init; } = "";

    protected override void Arrived()
    {
        if (Status == "Available")
        {
            InstanceId = "";
        }
    }
}
