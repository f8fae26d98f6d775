namespace SkyCompat.Alibaba;

/// <summary>A page of the rules of a security group.</summary>
internal sealed record EcsSecurityGroupRulesReply
{
    public PermissionItems? Permissions { get; init; }

    public string? NextToken { get; init; }

    /// <summary>The list.</summary>
    internal sealed record PermissionItems
    {
        public List<EcsPermission>? Permission { get; init; }
    }
}
