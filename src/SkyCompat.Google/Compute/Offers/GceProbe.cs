using System.Globalization;
using SkyCompat.Compute;

namespace SkyCompat.Google;

/// <summary>Asks quotas whether an offer can be launched. Nobody tells the stock before a launch.</summary>
internal sealed class GceProbe(GceClient client)
{
    public async Task<Headroom> ProbeAsync(Offer offer, int count, CancellationToken cancellationToken)
    {
        var region = await client.GetAsync($"regions/{offer.Location.Region}", GceJson.Default.GceQuotaHolder, GceSubject.Place, cancellationToken).ConfigureAwait(false);
        var cpus = offer.Shape.VCpus * (long)count;
        var gpus = offer.Shape.Gpus * (long)count;
        if ((Lack(region, CpuMetric(region, offer), cpus) ?? Lack(region, GceQuotas.Instances, count)) is { } lack)
        {
            return lack;
        }

        if (gpus > 0 && Lack(region, GceQuotas.OfGpu(offer.Shape.GpuModel!, offer.Market == Market.Spot), gpus) is { } tooFewGpus)
        {
            return tooFewGpus;
        }

        // What counts in all regions together is the project's.
        var project = await client.GetAsync("", GceJson.Default.GceQuotaHolder, GceSubject.Other, cancellationToken).ConfigureAwait(false);
        return Lack(project, GceQuotas.AllCpus, cpus) ?? (gpus > 0 ? Lack(project, GceQuotas.AllGpus, gpus) : null) ?? Headroom.Yes;
    }

    private static string CpuMetric(GceQuotaHolder region, Offer offer)
    {
        // A project that has no quota of spot processors uses that of on-demand.
        if (offer.Market == Market.Spot && Find(region, GceQuotas.SpotCpus) is { Limit: > 0 })
        {
            return GceQuotas.SpotCpus;
        }

        var family = GceQuotas.OfFamily(GceFamilies.Of(offer.InstanceType));
        return Find(region, family) is null ? GceQuotas.Cpus : family;
    }

    private static Headroom? Lack(GceQuotaHolder holder, string metric, long wanted)
    {
        if (Find(holder, metric) is not { Limit: { } limit } quota || (quota.Usage ?? 0) + wanted <= limit)
        {
            return null;
        }

        return new Headroom(HeadroomAnswer.No)
        {
            Code = CloudErrorCode.QuotaExceeded,
            Scope = GceQuotas.ScopeOf(metric),
            Detail = string.Create(CultureInfo.InvariantCulture, $"quota of {metric}: {quota.Usage ?? 0:0.##} of {limit:0.##} used, {wanted} more wanted"),
        };
    }

    private static GceQuota? Find(GceQuotaHolder holder, string metric) => holder.Quotas?.Find(quota => quota.Metric == metric);
}
