namespace SkyCompat.Google;

/// <summary>An image.</summary>
internal sealed class GceImage
{
    public string? Name { get; set; }

    public string? Family { get; set; }

    public string? SelfLink { get; set; }

    public string? Architecture { get; set; }

    public string? Status { get; set; }

    public string? CreationTimestamp { get; set; }
}
