namespace SkyCompat.Google;

/// <summary>A region or the project, of which the quotas are read.</summary>
internal sealed class GceQuotaHolder
{
    public string? Name { get; set; }

    public List<GceQuota>? Quotas { get; set; }
}
