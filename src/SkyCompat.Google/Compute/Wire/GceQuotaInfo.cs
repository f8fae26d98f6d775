namespace SkyCompat.Google;

/// <summary>Which quota is used up.</summary>
internal sealed class GceQuotaInfo
{
    public string? MetricName { get; set; }

    public string? LimitName { get; set; }
}
