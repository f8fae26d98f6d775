using System.Collections.Concurrent;
using SkyCompat.Compute;

namespace SkyCompat.Alibaba;

/// <summary>Asks for prices, one request each: of the smallest offers only, and not at all where the account pays in another currency than US dollars, which accounts of the Chinese site do.</summary>
internal sealed class EcsPrices(EcsContext context)
{
    private const string Dollars = "USD";
    private const int MaxRequests = 40;
    private const int MaxAtOnce = 8;

    /// <summary>Fills in prices.</summary>
    /// <param name="region">The region of all offers.</param>
    /// <param name="offers">The offers.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The same offers in the same order.</returns>
    public async Task<IReadOnlyList<Offer>> PriceAsync(string region, IReadOnlyList<Offer> offers, CancellationToken cancellationToken)
    {
        // What is on demand costs the same in all zones of a region.
        var wanted = offers.OrderBy(offer => offer.Shape.VCpus).ThenBy(offer => offer.Shape.MemoryGiB).ThenBy(offer => offer.InstanceType, StringComparer.Ordinal).Select(KeyOf).Distinct().Take(MaxRequests).ToList();
        if (wanted.Count == 0)
        {
            return offers;
        }

        var prices = new ConcurrentDictionary<PriceKey, decimal>();
        if (!await AskAsync(region, wanted[0], prices, cancellationToken).ConfigureAwait(false))
        {
            return offers;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(wanted.Skip(1), parallel, async (key, token) => await AskAsync(region, key, prices, token).ConfigureAwait(false)).ConfigureAwait(false);
        var now = context.Time.GetUtcNow();
        return [.. offers.Select(offer => prices.TryGetValue(KeyOf(offer), out var price) ? offer with { HourlyPriceUsd = price, PricedAt = now } : offer)];
    }

    private static PriceKey KeyOf(Offer offer) => new(offer.InstanceType, offer.Market, offer.Market == Market.Spot ? offer.Location.Zone : null);

    /// <summary>Asks for one price.</summary>
    /// <returns>False if the account pays in another currency.</returns>
    private async Task<bool> AskAsync(string region, PriceKey key, ConcurrentDictionary<PriceKey, decimal> prices, CancellationToken cancellationToken)
    {
        var call = RpcCall.Ecs("DescribePrice", region).WithRegion()
            .With("ResourceType", "instance")
            .With("InstanceType", key.InstanceType)
            .With("InstanceNetworkType", "vpc")
            .With("SystemDisk.Category", context.DiskCategory)
            .With("PriceUnit", "Hour")
            .With("Period", 1)
            .With("ZoneId", key.Zone)
            .With("SpotStrategy", key.Market == Market.Spot ? "SpotAsPriceGo" : "NoSpot");
        EcsPrice? price;
        try
        {
            price = (await context.Rpc.SendAsync(call, ComputeJson.Default.EcsPriceReply, cancellationToken).ConfigureAwait(false)).PriceInfo?.Price;
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.NotFound or CloudErrorCode.InvalidArgument or CloudErrorCode.Unsupported)
        {
            // Some types that are sold have no price that can be asked for.
            return true;
        }

        if (price?.Currency is { } currency && currency != Dollars)
        {
            return false;
        }

        // The whole price has the disk in it.
        var parts = price?.DetailInfos?.DetailInfo ?? [];
        if ((parts.Find(part => part.Resource == "instanceType")?.TradePrice ?? price?.TradePrice) is { } found)
        {
            prices[key] = found;
        }

        return true;
    }
}
