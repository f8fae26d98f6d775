namespace SkyCompat.Google;

/// <summary>A disk of an instance.</summary>
internal sealed class GceAttachedDisk
{
    public bool? Boot { get; set; }

    public bool? AutoDelete { get; set; }

    public string? DeviceName { get; set; }

    public string? Source { get; set; }

    public GceDiskParameters? InitializeParams { get; set; }
}
