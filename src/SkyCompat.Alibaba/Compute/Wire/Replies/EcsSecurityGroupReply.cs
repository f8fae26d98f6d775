namespace SkyCompat.Alibaba;

/// <summary>A page of security groups.</summary>
internal sealed record EcsSecurityGroupReply
{
    public GroupItems? SecurityGroups { get; init; }

    public string? NextToken { get; init; }

    /// <summary>The list.</summary>
    internal sealed record GroupItems
    {
        public List<EcsSecurityGroup>? SecurityGroup { get; init; }
    }
}
