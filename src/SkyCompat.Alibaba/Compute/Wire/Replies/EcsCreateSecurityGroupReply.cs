namespace SkyCompat.Alibaba;

/// <summary>The security group that was made.</summary>
internal sealed record EcsCreateSecurityGroupReply
{
    public string SecurityGroupId { get; init; } = "";
}
