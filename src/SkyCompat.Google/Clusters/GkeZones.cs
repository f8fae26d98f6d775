namespace SkyCompat.Google;

/// <summary>Spreads pools over the zones of a cluster. Kubernetes Engine counts nodes per zone, this library in all: a pool is put into as many zones as its number of nodes can be shared out to evenly.</summary>
internal static class GkeZones
{
    private const int MaxZones = 3;

    /// <summary>The zones of a new regional cluster; none for a cluster in one zone.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(GkeContext context, CancellationToken cancellationToken)
    {
        if (!context.IsRegional)
        {
            return [context.Location];
        }

        var known = new List<GceZone>();
        string? token = null;
        do
        {
            var page = await context.Machines.GetAsync("zones" + GceFilters.Page(null, token), GceJson.Default.ZoneList, GceSubject.Place, cancellationToken).ConfigureAwait(false);
            known.AddRange(page.Items ?? []);
            token = page.NextPageToken;
        }
        while (token is not null);
        var found = known.Where(zone => zone.Status != "DOWN" && zone.Name is { } name && GceNames.RegionOf(name) == context.Location).Select(zone => zone.Name!).Order(StringComparer.Ordinal).Take(MaxZones).ToList();
        return found.Count > 0 ? found : throw new CloudException(CloudErrorCode.NotFound, $"There is no region '{context.Location}'.") { Scope = ErrorScope.Region };
    }

    /// <summary>As many of the zones as a number of nodes can be shared out to evenly.</summary>
    public static IReadOnlyList<string> Choose(IReadOnlyList<string> zones, int count)
    {
        var use = Math.Max(zones.Count, 1);
        while (use > 1 && (count == 0 ? use > zones.Count : count % use != 0))
        {
            use--;
        }

        return [.. zones.Take(use)];
    }
}
