namespace SkyCompat.Google;

/// <summary>A firewall rule, which lets several protocols from several sources in, or keeps them out.</summary>
internal sealed class GceFirewall
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? Network { get; set; }

    public string? Direction { get; set; }

    public int? Priority { get; set; }

    public List<string>? SourceRanges { get; set; }

    public List<string>? TargetTags { get; set; }

    public List<GceTraffic>? Allowed { get; set; }

    public List<GceTraffic>? Denied { get; set; }
}
