namespace SkyCompat.Alibaba;

/// <summary>A list of addresses.</summary>
internal sealed record EcsAddresses
{
    public List<string>? IpAddress { get; init; }
}
