namespace SkyCompat.Google;

/// <summary>More about a reason.</summary>
internal sealed class GceProblemDetail
{
    public GceQuotaInfo? QuotaInfo { get; set; }
}
