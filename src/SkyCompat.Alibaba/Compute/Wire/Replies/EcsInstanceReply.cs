namespace SkyCompat.Alibaba;

/// <summary>A page of instances.</summary>
internal sealed record EcsInstanceReply
{
    public InstanceItems? Instances { get; init; }

    public string? NextToken { get; init; }

    /// <summary>The list.</summary>
    internal sealed record InstanceItems
    {
        public List<EcsInstance>? Instance { get; init; }
    }
}
