namespace SkyCompat.Google;

/// <summary>A limit and how much of it is used.</summary>
internal sealed class GceQuota
{
    public string? Metric { get; set; }

    public double? Limit { get; set; }

    public double? Usage { get; set; }
}
