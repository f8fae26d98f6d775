using System.Text.Json;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Clusters;

/// <summary>Makes of what is asked what a driver can send: the need becomes an instance type, the intent a token and tags.</summary>
internal sealed class PoolRequests(ClusterCalls calls, IComputeService? compute, string owner)
{
    /// <summary>The request of a cluster.</summary>
    public async Task<ClusterRequest> CreateAsync(ClusterSpec spec, string? version, CancellationToken cancellationToken)
    {
        var name = spec.Name ?? spec.IdempotencyKey;
        var fingerprint = Fingerprint.Of(16, [name, spec.Version, .. spec.SubnetIds, .. spec.Pools.Select(Describe)]);
        var pools = new List<NodePoolRequest>();
        foreach (var pool in spec.Pools)
        {
            pools.Add(await CreateAsync(name, pool, spec.SubnetIds, cancellationToken).ConfigureAwait(false));
        }

        return new ClusterRequest
        {
            Name = name,
            Version = version,
            Pools = pools,
            SubnetIds = spec.SubnetIds,
            ClientToken = Fingerprint.Of(32, ["cluster", owner, spec.IdempotencyKey, fingerprint]),
            Tags = new Dictionary<string, string>(OwnedTags.Named(owner, spec.IdempotencyKey), StringComparer.Ordinal) { [ComputeTags.Spec] = fingerprint },
        };
    }

    /// <summary>The request of a pool.</summary>
    public async Task<NodePoolRequest> CreateAsync(string cluster, NodePoolSpec spec, IReadOnlyList<string> subnets, CancellationToken cancellationToken)
    {
        var (type, market) = spec.Need.InstanceType is { } exact ? (exact, spec.Need.Markets[0]) : await FindTypeAsync(spec, cancellationToken).ConfigureAwait(false);
        return Compose(cluster, spec, type, market, subnets);
    }

    /// <summary>The request of a change to a pool that there is, whose type and market stay.</summary>
    public NodePoolRequest Change(string cluster, NodePoolSpec spec, NodePoolInfo current) => Compose(cluster, spec, spec.Need.InstanceType ?? current.InstanceType ?? "", current.Market, []);

    private NodePoolRequest Compose(string cluster, NodePoolSpec spec, string type, Market market, IReadOnlyList<string> subnets) => new()
    {
        Spec = spec,
        InstanceType = type,
        Market = market,
        SubnetIds = subnets,
        ClientToken = Fingerprint.Of(32, ["pool", owner, cluster, Describe(spec), type, market.ToString()]),
        Tags = OwnedTags.Named(owner, spec.Name),
    };

    private async Task<(string Type, Market Market)> FindTypeAsync(NodePoolSpec spec, CancellationToken cancellationToken)
    {
        if (compute is null)
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"Cloud '{calls.Cloud.Name}' has no compute that could say what meets the need of pool '{spec.Name}': set Need.InstanceType.") { Provider = calls.Cloud.Provider };
        }

        var spot = calls.Driver.Capabilities.Supports(ClusterFeatures.Spot);
        var markets = spec.Need.Markets.Where(market => spot || market != Market.Spot).ToList();
        var offers = new List<Offer>();
        await foreach (var offer in compute.FindOffersAsync(new OfferQuery(spec.Need with { Markets = markets }), cancellationToken).ConfigureAwait(false))
        {
            offers.Add(offer);
        }

        var best = offers.OrderBy(offer => markets.IndexOf(offer.Market))
            .ThenBy(offer => offer.HourlyPriceUsd ?? decimal.MaxValue)
            .ThenBy(offer => offer.Shape.VCpus).ThenBy(offer => offer.Shape.MemoryGiB).ThenBy(offer => offer.InstanceType, StringComparer.Ordinal)
            .FirstOrDefault();
        return best is null
            ? throw new CloudException(CloudErrorCode.NotFound, $"No offer of cloud '{calls.Cloud.Name}' meets the need of pool '{spec.Name}': ask for less, for another market, or set Need.InstanceType.")
            {
                Reason = ComputeErrorReasons.NoOffer,
                Provider = calls.Cloud.Provider,
            }
            : (best.InstanceType, best.Market);
    }

    private static string Describe(NodePoolSpec spec) => JsonSerializer.Serialize(
        spec with { Labels = new SortedDictionary<string, string>(spec.Labels.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal), Taints = [.. spec.Taints.OrderBy(taint => taint.ToString(), StringComparer.Ordinal)] },
        ClusterJson.Default.NodePoolSpec);
}
