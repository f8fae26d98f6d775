namespace SkyCompat.Alibaba;

/// <summary>An instance.</summary>
internal sealed record EcsInstance
{
    public string InstanceId { get; init; } = "";

    public string? InstanceName { get; init; }

    public string Status { get; init; } = "";

    public string? StoppedMode { get; init; }

    public string? RegionId { get; init; }

    public string? ZoneId { get; init; }

    public string? InstanceType { get; init; }

    public string? SpotStrategy { get; init; }

    public string? CreationTime { get; init; }

    public EcsAddresses? PublicIpAddress { get; init; }

    public EcsEipAddress? EipAddress { get; init; }

    public EcsVpcAttributes? VpcAttributes { get; init; }

    public EcsLocks? OperationLocks { get; init; }

    public EcsTags? Tags { get; init; }
}
