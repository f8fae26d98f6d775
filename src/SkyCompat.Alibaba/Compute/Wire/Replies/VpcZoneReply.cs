namespace SkyCompat.Alibaba;

/// <summary>The zones of a region.</summary>
internal sealed record VpcZoneReply
{
    public ZoneList? Zones { get; init; }

    /// <summary>The list.</summary>
    internal sealed record ZoneList
    {
        public List<VpcZone>? Zone { get; init; }
    }
}
