using System.Globalization;
using System.Text.Json;
using SkyCompat.Compute;

namespace SkyCompat.Azure;

/// <summary>Asks how much of the quotas of cores is left: a second instead of the half minute that a launch in vain takes.</summary>
internal sealed class CoreQuotas(ArmClient client)
{
    private const string RegionalCores = "cores";
    private const string SpotCores = "lowprioritycores";
    private const string Machines = "virtualmachines";

    public async Task<Headroom> ProbeAsync(Offer offer, int count, CancellationToken cancellationToken)
    {
        var region = Regions.Normalize(offer.Location.Region ?? "");
        var path = $"{client.Scope.Subscription}/providers/Microsoft.Compute/locations/{Uri.EscapeDataString(region)}/usages";
        var usages = await client.ListAllAsync(path, ArmVersions.Compute, query: null, cancellationToken).ConfigureAwait(false);
        var cores = (long)offer.Shape.VCpus * count;
        var known = false;
        foreach (var (name, needed, scope) in Limits(offer, cores, count))
        {
            foreach (var usage in usages)
            {
                if (MachineSizes.NormalizeFamily(usage.Text("name", "value") ?? "") == name)
                {
                    known = true;
                    if (Refuse(usage, needed, scope) is { } refusal)
                    {
                        return refusal;
                    }
                }
            }
        }

        return known ? Headroom.Yes : Headroom.Unknown;
    }

    /// <summary>The limits that a launch counts against. Spot machines have one of their own, whatever their family.</summary>
    private static IEnumerable<(string Name, long Needed, ErrorScope Scope)> Limits(Offer offer, long cores, int count)
    {
        if (offer.Market == Market.Spot)
        {
            yield return (SpotCores, cores, ErrorScope.Market);
        }
        else
        {
            yield return (RegionalCores, cores, ErrorScope.Region);
            if (offer.Family is { } family)
            {
                yield return (MachineSizes.NormalizeFamily(family), cores, ErrorScope.QuotaGroup);
            }
        }

        yield return (Machines, count, ErrorScope.Region);
    }

    private static Headroom? Refuse(JsonElement usage, long needed, ErrorScope scope)
    {
        var used = usage.Number("currentValue") ?? 0;
        var limit = usage.Number("limit") ?? 0;
        return limit < 0 || used + needed <= limit
            ? null
            : new Headroom(HeadroomAnswer.No)
            {
                Code = CloudErrorCode.QuotaExceeded,
                Scope = scope,
                Detail = string.Create(CultureInfo.InvariantCulture, $"quota of {usage.Text("name", "value")}: {used} of {limit} used, {needed} needed"),
            };
    }
}
