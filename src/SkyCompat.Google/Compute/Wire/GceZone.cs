namespace SkyCompat.Google;

/// <summary>A zone.</summary>
internal sealed class GceZone
{
    public string? Name { get; set; }

    public string? Region { get; set; }

    public string? Status { get; set; }
}
