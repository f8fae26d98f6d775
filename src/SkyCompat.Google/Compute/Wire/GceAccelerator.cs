namespace SkyCompat.Google;

/// <summary>The graphics processors that an instance type has.</summary>
internal sealed class GceAccelerator
{
    public string? GuestAcceleratorType { get; set; }

    public int GuestAcceleratorCount { get; set; }
}
