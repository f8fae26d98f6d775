namespace SkyCompat.Alibaba;

/// <summary>A rule of a security group.</summary>
internal sealed record EcsPermission
{
    public string? IpProtocol { get; init; }

    public string? PortRange { get; init; }

    public string? SourceCidrIp { get; init; }

    public string? Policy { get; init; }

    public string? Priority { get; init; }

    public string? SecurityGroupRuleId { get; init; }
}
