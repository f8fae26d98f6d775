namespace SkyCompat.Google;

/// <summary>How the disk of a new instance is made. Sizes are text, as all numbers of 64 bits.</summary>
internal sealed class GceDiskParameters
{
    public string? SourceImage { get; set; }

    public string? DiskSizeGb { get; set; }

    public string? DiskType { get; set; }

    public Dictionary<string, string>? Labels { get; set; }
}
