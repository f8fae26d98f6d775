namespace SkyCompat.Compute.Placement;

/// <summary>Orders offers. Pure: no clock, no requests, the same plan for the same input.</summary>
/// <param name="jurisdictionOf">The jurisdiction of a region; null if it is not known.</param>
/// <param name="egressPerGiB">US dollars per GiB from the first place to the second, each as <c>Provider/region</c>; null if it is not known.</param>
internal sealed class PlacementPlanner(Func<CloudProvider, string?, string?> jurisdictionOf, Func<string, string, decimal?> egressPerGiB)
{
    /// <param name="request">What to launch.</param>
    /// <param name="offers">What there is.</param>
    /// <param name="avoided">What is to be left alone.</param>
    /// <param name="lacking">What each cloud lacks of what the launch asks; a cloud that is not named lacks nothing.</param>
    public PlacementPlan Plan(PlacementRequest request, IReadOnlyList<Offer> offers, IReadOnlyCollection<AvoidedOffers> avoided, IReadOnlyDictionary<string, ComputeFeatures>? lacking = null)
    {
        var ranked = new List<(PlacementStep Step, int Market, int Region)>();
        var rejected = new List<RejectedOffer>();
        var avoidedByCloud = avoided.ToLookup(item => item.Cloud, StringComparer.OrdinalIgnoreCase);
        var egress = new Dictionary<string, decimal?>(StringComparer.Ordinal);
        foreach (var offer in offers)
        {
            if ((lacking?.GetValueOrDefault(offer.Cloud) is { } lacks and not ComputeFeatures.None ? (RejectionReason.Feature, $"{offer.Cloud} lacks {lacks}") : Refuse(request, offer, avoidedByCloud[offer.Cloud])) is { } refusal)
            {
                rejected.Add(new RejectedOffer(offer, refusal.Reason, refusal.Detail));
                continue;
            }

            var compute = offer.HourlyPriceUsd * (decimal)request.ExpectedRunTime.TotalHours * request.Launch.Count;
            ranked.Add((new PlacementStep(offer, compute, EgressOf(request, offer, egress)), IndexOf(request.Need.Markets, offer.Market), PreferenceOf(request, offer)));
        }

        // A plan that depended on the order in which clouds answered could not be repeated: the last keys are names.
        ranked.Sort(static (left, right) =>
        {
            var order = left.Market.CompareTo(right.Market);
            order = order != 0 ? order : left.Region.CompareTo(right.Region);
            order = order != 0 ? order : (left.Step.TotalUsd ?? decimal.MaxValue).CompareTo(right.Step.TotalUsd ?? decimal.MaxValue);
            order = order != 0 ? order : string.CompareOrdinal(left.Step.Offer.Cloud, right.Step.Offer.Cloud);
            order = order != 0 ? order : string.CompareOrdinal(left.Step.Offer.Location.Region, right.Step.Offer.Location.Region);
            order = order != 0 ? order : string.CompareOrdinal(left.Step.Offer.Location.Zone, right.Step.Offer.Location.Zone);
            return order != 0 ? order : string.CompareOrdinal(left.Step.Offer.InstanceType, right.Step.Offer.InstanceType);
        });
        return new PlacementPlan([.. ranked.Select(item => item.Step)], rejected);
    }

    private (RejectionReason Reason, string Detail)? Refuse(PlacementRequest request, Offer offer, IEnumerable<AvoidedOffers> avoided)
    {
        if (request.Clouds.Count > 0 && !request.Clouds.Contains(offer.Cloud, StringComparer.OrdinalIgnoreCase))
        {
            return (RejectionReason.Cloud, offer.Cloud);
        }

        if (request.Need.Refuses(offer.Shape) is { } limit)
        {
            return (RejectionReason.Need, limit);
        }

        if (IndexOf(request.Need.Markets, offer.Market) < 0)
        {
            return (RejectionReason.Market, offer.Market.ToString());
        }

        if (request.Need.InstanceType is { } type && !string.Equals(type, offer.InstanceType, StringComparison.OrdinalIgnoreCase))
        {
            return (RejectionReason.Need, nameof(MachineNeed.InstanceType));
        }

        var region = offer.Location.Region ?? "";
        if (request.Regions.Count > 0 && !request.Regions.Any(pattern => Pattern.Fits(pattern, region)))
        {
            return (RejectionReason.Region, region);
        }

        if (request.Jurisdictions.Count > 0)
        {
            var place = jurisdictionOf(offer.Provider, offer.Location.Region);
            if (place is null || !request.Jurisdictions.Contains(place, StringComparer.OrdinalIgnoreCase))
            {
                return (RejectionReason.Jurisdiction, place ?? $"of {region} not known");
            }
        }

        if (request.MaxHourlyPriceUsd is { } most && !(offer.HourlyPriceUsd <= most))
        {
            return (RejectionReason.Price, offer.HourlyPriceUsd is null ? "not known" : $"over {most.ToString(System.Globalization.CultureInfo.InvariantCulture)} $/h");
        }

        foreach (var item in avoided)
        {
            if (item.Covers(offer))
            {
                return (RejectionReason.Avoided, $"{item.Code} of {item.Scope}");
            }
        }

        return null;
    }

    private decimal? EgressOf(PlacementRequest request, Offer offer, Dictionary<string, decimal?> known)
    {
        if (request.Data is not { GiB: > 0 } data)
        {
            return 0;
        }

        var (from, to) = ($"{data.Provider.Name}/{data.Region}", $"{offer.Provider.Name}/{offer.Location.Region}");
        if (!known.TryGetValue(to, out var perGiB))
        {
            known[to] = perGiB = egressPerGiB(from, to);
        }

        return perGiB * (decimal)data.GiB;
    }

    private static int PreferenceOf(PlacementRequest request, Offer offer)
    {
        for (var i = 0; i < request.PreferredRegions.Count; i++)
        {
            if (Pattern.Fits(request.PreferredRegions[i], offer.Location.Region ?? ""))
            {
                return i;
            }
        }

        return request.PreferredRegions.Count;
    }

    private static int IndexOf(IReadOnlyList<Market> markets, Market market)
    {
        for (var i = 0; i < markets.Count; i++)
        {
            if (markets[i] == market)
            {
                return i;
            }
        }

        return -1;
    }
}
