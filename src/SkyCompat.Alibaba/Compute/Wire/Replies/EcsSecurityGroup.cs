namespace SkyCompat.Alibaba;

/// <summary>A security group.</summary>
internal sealed record EcsSecurityGroup
{
    public string SecurityGroupId { get; init; } = "";

    public string SecurityGroupName { get; init; } = "";

    public string? VpcId { get; init; }

    public string? CreationTime { get; init; }

    public EcsTags? Tags { get; init; }
}
