using System.Globalization;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Makes offers of sizes, zones and prices: one page per region.</summary>
internal sealed class MachineOffers(MachineSizes sizes, RetailPrices prices)
{
    public async Task<DriverPage<Offer>> FindPageAsync(OfferQuery query, string? pageToken, CancellationToken cancellationToken)
    {
        var index = pageToken is null ? 0 : int.Parse(pageToken, NumberStyles.None, CultureInfo.InvariantCulture);
        var region = Regions.Normalize(query.Regions[index]);
        var sold = await sizes.ListAsync(region, cancellationToken).ConfigureAwait(false);
        // Only what may be launched is worth asking the price of; the rest tells the engine which limit ruled it out.
        string[] fitting = [.. sold.Where(size => Fits(size, query.Need)).Select(static size => size.Name)];
        var known = await prices.FindAsync(region, fitting, cancellationToken).ConfigureAwait(false);
        var offers = new List<Offer>();
        foreach (var size in sold)
        {
            foreach (var market in query.Need.Markets)
            {
                if (market != Market.Spot || size.HasSpot)
                {
                    offers.AddRange(Places(size, query).Select(zone => Create(size, market, new CloudLocation(region, zone), known.GetValueOrDefault((size.Name, market)))));
                }
            }
        }

        return new DriverPage<Offer>(offers, index + 1 < query.Regions.Count ? (index + 1).ToString(CultureInfo.InvariantCulture) : null);
    }

    private static bool Fits(MachineSize size, MachineNeed need) =>
        need.Refuses(size.Shape) is null && (need.InstanceType is null || need.InstanceType.Equals(size.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Each zone that has it, for failover from one to the next; the region as a whole where it has no zones.</summary>
    private static IEnumerable<string?> Places(MachineSize size, OfferQuery query) =>
        query.Zones.Count > 0 ? size.Zones.Where(query.Zones.Contains) : size.Zones.Count > 0 ? size.Zones.AsEnumerable<string?>() : [null];

    private static Offer Create(MachineSize size, Market market, CloudLocation location, RetailPrice? price) => new()
    {
        Location = location,
        InstanceType = size.Name,
        Family = size.Family,
        Market = market,
        Shape = size.Shape,
        HourlyPriceUsd = price?.HourlyUsd,
        PricedAt = price?.At,
    };
}
