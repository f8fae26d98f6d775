namespace SkyCompat.Alibaba;

/// <summary>Where an instance is in its network.</summary>
internal sealed record EcsVpcAttributes
{
    public EcsAddresses? PrivateIpAddress { get; init; }

    public string? VSwitchId { get; init; }

    public string? VpcId { get; init; }
}
