using SkyCompat.Compute;

namespace SkyCompat.Alibaba;

/// <summary>Asks which zones have which instance types in stock.</summary>
internal sealed class EcsStock(EcsContext context)
{
    /// <summary>The zones and types that can be had in a market.</summary>
    /// <param name="region">The region.</param>
    /// <param name="zone">The only zone of interest; null for all.</param>
    /// <param name="instanceType">The only type of interest; null for all.</param>
    /// <param name="market">The market.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task<List<(string Zone, string InstanceType)>> FindAsync(string region, string? zone, string? instanceType, Market market, CancellationToken cancellationToken)
    {
        var found = new List<(string, string)>();
        foreach (var place in await AskAsync(region, zone, instanceType, market, cancellationToken).ConfigureAwait(false))
        {
            found.AddRange(place.All.Where(type => type.IsInStock).Select(type => (place.ZoneId, type.Value)));
        }

        return found;
    }

    /// <summary>Whether an offer can be had.</summary>
    public async Task<Headroom> ProbeAsync(Offer offer, CancellationToken cancellationToken)
    {
        var zones = await AskAsync(offer.Location.Region!, offer.Location.Zone, offer.InstanceType, offer.Market, cancellationToken).ConfigureAwait(false);
        var kinds = zones.Where(zone => offer.Location.Zone is null || zone.ZoneId == offer.Location.Zone).SelectMany(zone => zone.All).Where(type => type.Value == offer.InstanceType).ToList();
        return kinds switch
        {
            _ when kinds.Exists(type => type.IsInStock) => Headroom.Yes,
            [] => new Headroom(HeadroomAnswer.No) { Code = CloudErrorCode.Unsupported, Scope = ErrorScope.Offer, Detail = $"{offer.InstanceType} is not sold in {offer.Location}" },
            [var type, ..] => new Headroom(HeadroomAnswer.No) { Code = CloudErrorCode.CapacityShortage, Scope = ErrorScope.Offer, Detail = $"stock of {offer.InstanceType} in {offer.Location}: {type.StatusCategory ?? type.Status}" },
        };
    }

    private async Task<List<EcsAvailableZone>> AskAsync(string region, string? zone, string? instanceType, Market market, CancellationToken cancellationToken)
    {
        var call = RpcCall.Ecs("DescribeAvailableResource", region).WithRegion()
            .With("DestinationResource", "InstanceType")
            .With("InstanceChargeType", "PostPaid")
            .With("SpotStrategy", market == Market.Spot ? "SpotAsPriceGo" : "NoSpot")
            .With("IoOptimized", "optimized")
            .With("NetworkCategory", "vpc")
            .With("SystemDiskCategory", context.DiskCategory)
            .With("ZoneId", zone)
            .With("InstanceType", instanceType);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsAvailableResourceReply, cancellationToken).ConfigureAwait(false);
        return reply.AvailableZones?.AvailableZone ?? [];
    }
}
