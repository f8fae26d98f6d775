namespace SkyCompat.Google;

/// <summary>What a list over all places has of one zone or region.</summary>
internal sealed class GceScope
{
    public List<GceInstance>? Instances { get; set; }

    public List<GceDisk>? Disks { get; set; }
}
