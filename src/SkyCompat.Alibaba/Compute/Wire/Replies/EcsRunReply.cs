namespace SkyCompat.Alibaba;

/// <summary>The instances that a launch made.</summary>
internal sealed record EcsRunReply
{
    public IdSets? InstanceIdSets { get; init; }

    /// <summary>The list.</summary>
    internal sealed record IdSets
    {
        public List<string>? InstanceIdSet { get; init; }
    }
}
