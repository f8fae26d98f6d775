namespace SkyCompat.Alibaba;

/// <summary>What a zone offers.</summary>
internal sealed record EcsAvailableZone
{
    public string ZoneId { get; init; } = "";

    public string? Status { get; init; }

    public ResourceItems? AvailableResources { get; init; }

    /// <summary>All that it offers, of every kind.</summary>
    public IEnumerable<EcsSupportedResource> All => (AvailableResources?.AvailableResource ?? []).SelectMany(kind => kind.SupportedResources?.SupportedResource ?? []);

    /// <summary>The list.</summary>
    internal sealed record ResourceItems
    {
        public List<EcsAvailableResource>? AvailableResource { get; init; }
    }
}
