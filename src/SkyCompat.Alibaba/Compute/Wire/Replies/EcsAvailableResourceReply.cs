namespace SkyCompat.Alibaba;

/// <summary>What the zones of a region offer.</summary>
internal sealed record EcsAvailableResourceReply
{
    public ZoneItems? AvailableZones { get; init; }

    /// <summary>The list.</summary>
    internal sealed record ZoneItems
    {
        public List<EcsAvailableZone>? AvailableZone { get; init; }
    }
}
