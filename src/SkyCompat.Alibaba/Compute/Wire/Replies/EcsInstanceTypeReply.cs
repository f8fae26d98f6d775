namespace SkyCompat.Alibaba;

/// <summary>A page of instance types.</summary>
internal sealed record EcsInstanceTypeReply
{
    public TypeItems? InstanceTypes { get; init; }

    public string? NextToken { get; init; }

    /// <summary>The list.</summary>
    internal sealed record TypeItems
    {
        public List<EcsInstanceType>? InstanceType { get; init; }
    }
}
