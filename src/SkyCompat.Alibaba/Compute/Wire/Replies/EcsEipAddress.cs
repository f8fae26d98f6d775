namespace SkyCompat.Alibaba;

/// <summary>The elastic address of an instance.</summary>
internal sealed record EcsEipAddress
{
    public string? IpAddress { get; init; }
}
