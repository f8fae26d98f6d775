namespace SkyCompat.Google;

/// <summary>A snapshot.</summary>
internal sealed class GceSnapshot
{
    public string? Name { get; set; }

    public string? DiskSizeGb { get; set; }

    public string? Status { get; set; }

    public string? SourceDisk { get; set; }

    public string? CreationTimestamp { get; set; }

    public List<string>? StorageLocations { get; set; }

    public Dictionary<string, string>? Labels { get; set; }
}
