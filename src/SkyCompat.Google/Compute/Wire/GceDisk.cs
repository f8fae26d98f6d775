namespace SkyCompat.Google;

/// <summary>A disk.</summary>
internal sealed class GceDisk
{
    public string? Name { get; set; }

    public string? SizeGb { get; set; }

    public string? Status { get; set; }

    public string? Type { get; set; }

    public string? Zone { get; set; }

    public string? SourceSnapshot { get; set; }

    public string? CreationTimestamp { get; set; }

    public List<string>? Users { get; set; }

    public Dictionary<string, string>? Labels { get; set; }
}
