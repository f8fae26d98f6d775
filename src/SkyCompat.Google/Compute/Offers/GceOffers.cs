using System.Globalization;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Finds offers: the instance types of the zones of the regions, one zone after the other.</summary>
internal sealed class GceOffers(GceClient client)
{
    public async Task<DriverPage<Offer>> FindPageAsync(OfferQuery query, string? pageToken, CancellationToken cancellationToken)
    {
        var place = GceOfferToken.TryParse(pageToken) ?? new GceOfferToken(await FindZonesAsync(query, cancellationToken).ConfigureAwait(false));
        if (place.Zones.Count == 0)
        {
            return new DriverPage<Offer>([]);
        }

        var zone = place.Zones[0];

        var page = await client.GetAsync($"zones/{zone}/machineTypes" + GceFilters.Page(Filter(query.Need), place.Page), GceJson.Default.MachineTypeList, GceSubject.Place, cancellationToken).ConfigureAwait(false);
        var next = string.IsNullOrEmpty(page.NextPageToken) ? new GceOfferToken([.. place.Zones.Skip(1)]) : place with { Page = page.NextPageToken };
        return new DriverPage<Offer>(
            [.. (page.Items ?? []).Where(type => type.Deprecated?.State is null or "ACTIVE").SelectMany(type => query.Need.Markets.Select(market => Map(type, zone, market)))],
            next.Zones.Count == 0 ? null : next.ToString());
    }

    /// <summary>Types with the shape that is needed; the engine looks at the rest. Graphics processors that could be attached to a type beside its own are not offered.</summary>
    private static string? Filter(MachineNeed need)
    {
        var parts = new List<string>();
        if (need.InstanceType is { } type)
        {
            parts.Add($"(name = \"{type.Replace("\"", "", StringComparison.Ordinal)}\")");
        }

        Add(need.MinVCpus > 1, "guestCpus >=", need.MinVCpus);
        Add(need.MaxVCpus is not null, "guestCpus <=", need.MaxVCpus);
        Add(need.MinMemoryGiB > 0, "memoryMb >=", (long)Math.Floor(need.MinMemoryGiB * 1024));
        Add(need.MaxMemoryGiB is not null, "memoryMb <=", need.MaxMemoryGiB is { } most ? (long)Math.Ceiling(Math.Min(most, 1 << 20) * 1024) : null);
        return parts.Count == 0 ? null : string.Join(' ', parts);

        void Add(bool isLimited, string comparison, long? limit)
        {
            if (isLimited)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"({comparison} {limit})"));
            }
        }
    }

    private static Offer Map(GceMachineType type, string zone, Market market)
    {
        var gpu = type.Accelerators is [var first, ..] ? first : null;
        return new Offer
        {
            Location = GceNames.LocationOf(zone),
            InstanceType = type.Name!,
            Family = GceFamilies.Of(type.Name!),
            Market = market,
            Shape = new MachineShape(type.GuestCpus, type.MemoryMb / 1024.0, GceFamilies.ArchitectureOf(type), gpu?.GuestAcceleratorCount ?? 0, gpu?.GuestAcceleratorType),
        };
    }

    /// <summary>The zones of the regions, in their order; one list of all, however many regions are asked for.</summary>
    private async Task<IReadOnlyList<string>> FindZonesAsync(OfferQuery query, CancellationToken cancellationToken)
    {
        var known = new List<GceZone>();
        string? token = null;
        do
        {
            var page = await client.GetAsync("zones" + GceFilters.Page(null, token), GceJson.Default.ZoneList, GceSubject.Place, cancellationToken).ConfigureAwait(false);
            known.AddRange(page.Items ?? []);
            token = string.IsNullOrEmpty(page.NextPageToken) ? null : page.NextPageToken;
        }
        while (token is not null);

        var found = new List<string>();
        foreach (var region in query.Regions)
        {
            var zones = known.Where(zone => GceNames.LastOf(zone.Region) == region).ToList();
            if (zones.Count == 0)
            {
                var regions = known.Select(zone => GceNames.LastOf(zone.Region)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
                throw new CloudException(CloudErrorCode.NotFound, $"Compute Engine has no region '{region}'. Regions: {string.Join(", ", regions)}.") { Scope = ErrorScope.Region };
            }

            found.AddRange(zones.Where(zone => zone.Status != "DOWN" && (query.Zones.Count == 0 || query.Zones.Contains(zone.Name, StringComparer.Ordinal))).Select(zone => zone.Name!).Order(StringComparer.Ordinal));
        }

        return found;
    }
}
