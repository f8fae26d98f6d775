using System.Globalization;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Finds offers: the instance types that fit, the zones and markets that have them in stock, and the prices of the smallest.</summary>
internal sealed class EcsOffers(EcsContext context, EcsStock stock, EcsPrices prices)
{
    /// <summary>The most that a page may have, so that stock, which is told for a whole region, is asked for once.</summary>
    private const int PageSize = 1600;

    public async Task<DriverPage<Offer>> FindPageAsync(OfferQuery query, string? pageToken, CancellationToken cancellationToken)
    {
        var page = RegionPage.Parse(pageToken);
        var region = query.Regions[page.Index];
        var reply = await context.Rpc.SendAsync(Filter(query.Need, region).With("MaxResults", PageSize).With("NextToken", page.Token), ComputeJson.Default.EcsInstanceTypeReply, cancellationToken).ConfigureAwait(false);
        var shapes = (reply.InstanceTypes?.InstanceType ?? []).Select(type => (Type: type, Shape: ShapeOf(type))).Where(type => query.Need.Refuses(type.Shape) is null)
            .ToDictionary(type => type.Type.InstanceTypeId, StringComparer.Ordinal);
        var offers = new List<Offer>();
        foreach (var market in shapes.Count == 0 ? [] : query.Need.Markets)
        {
            var zone = query.Zones is [var only] ? only : null;
            foreach (var (where, type) in await stock.FindAsync(region, zone, query.Need.InstanceType, market, cancellationToken).ConfigureAwait(false))
            {
                if ((query.Zones.Count == 0 || query.Zones.Contains(where, StringComparer.Ordinal)) && shapes.TryGetValue(type, out var found))
                {
                    offers.Add(new Offer
                    {
                        Location = new CloudLocation(region, where),
                        InstanceType = type,
                        Family = found.Type.InstanceTypeFamily,
                        Market = market,
                        Shape = found.Shape,
                    });
                }
            }
        }

        var priced = await prices.PriceAsync(region, offers, cancellationToken).ConfigureAwait(false);
        return new DriverPage<Offer>(priced, page.Next(reply.NextToken, query.Regions.Count));
    }

    private static RpcCall Filter(MachineNeed need, string region)
    {
        var call = RpcCall.Ecs("DescribeInstanceTypes", region)
            .With("MinimumCpuCoreCount", need.MinVCpus)
            .With("MaximumCpuCoreCount", need.MaxVCpus)
            .With("MinimumMemorySize", need.MinMemoryGiB > 0 ? need.MinMemoryGiB : null)
            .With("MaximumMemorySize", need.MaxMemoryGiB)
            .With("CpuArchitecture", need.Architecture == CpuArchitecture.Arm64 ? "ARM" : "X86");
        if (need.Gpu is { } gpu)
        {
            call.With("MinimumGPUAmount", gpu.Count);
        }
        else
        {
            call.With("MaximumGPUAmount", 0);
        }

        return need.InstanceType is { } type ? call.WithList("InstanceTypes", [type]) : call;
    }

    private static MachineShape ShapeOf(EcsInstanceType type) => new(
        Convert.ToInt32(type.CpuCoreCount, CultureInfo.InvariantCulture),
        type.MemorySize,
        type.CpuArchitecture == "ARM" ? CpuArchitecture.Arm64 : CpuArchitecture.X64,
        Convert.ToInt32(type.GpuAmount, CultureInfo.InvariantCulture),
        string.IsNullOrEmpty(type.GpuSpec) ? null : type.GpuSpec);
}
