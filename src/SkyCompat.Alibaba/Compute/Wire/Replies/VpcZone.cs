namespace SkyCompat.Alibaba;

/// <summary>A zone.</summary>
internal sealed record VpcZone
{
    public string ZoneId { get; init; } = "";
}
