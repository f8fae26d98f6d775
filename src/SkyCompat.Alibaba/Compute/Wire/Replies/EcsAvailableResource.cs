namespace SkyCompat.Alibaba;

/// <summary>What of one kind a zone offers.</summary>
internal sealed record EcsAvailableResource
{
    public SupportedItems? SupportedResources { get; init; }

    /// <summary>The list.</summary>
    internal sealed record SupportedItems
    {
        public List<EcsSupportedResource>? SupportedResource { get; init; }
    }
}
