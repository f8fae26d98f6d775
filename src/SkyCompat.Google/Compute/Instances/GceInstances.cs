using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Reads instances.</summary>
internal sealed class GceInstances(GceClient client)
{
    private readonly GceFates _fates = new(client);

    public async Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        if (!GceNames.TryParse(id, out var zone, out var name))
        {
            return null;
        }

        if (await TryReadAsync(zone, name, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return await MapAsync(found, zone, cancellationToken).ConfigureAwait(false);
        }

        // One that Google took back and deleted is told from one that never was.
        return await _fates.FindAsync(zone, name, null, cancellationToken).ConfigureAwait(false) == GceFate.Preempted ? GceInstanceMapper.Lost(zone, name) : null;
    }

    /// <summary>Reads an instance as Compute Engine has it; null if there is none.</summary>
    public Task<GceInstance?> TryReadAsync(string zone, string name, CancellationToken cancellationToken) =>
        client.TryGetAsync($"zones/{zone}/instances/{name}", GceJson.Default.GceInstance, GceSubject.Instance, cancellationToken);

    public async Task<DriverPage<Instance>> ListPageAsync(InstanceQuery query, string? pageToken, CancellationToken cancellationToken)
    {
        var filter = query.Tags.Count > 0 ? GceFilters.Labels(query.Tags) : query.IncludeForeign ? null : GceFilters.Owned;
        var page = await client.GetAsync("aggregated/instances" + GceFilters.Page(filter, pageToken), GceJson.Default.GceScopes, GceSubject.Other, cancellationToken).ConfigureAwait(false);
        var found = new List<Instance>();
        foreach (var (place, scope) in page.Items ?? [])
        {
            var zone = GceNames.Last(place);
            if (!query.Regions.Contains(GceNames.RegionOf(zone), StringComparer.Ordinal))
            {
                continue;
            }

            foreach (var instance in scope.Instances ?? [])
            {
                found.Add(await MapAsync(instance, zone, cancellationToken).ConfigureAwait(false));
            }
        }

        return new DriverPage<Instance>(found, string.IsNullOrEmpty(page.NextPageToken) ? null : page.NextPageToken);
    }

    public async Task<Instance> MapAsync(GceInstance instance, string zone, CancellationToken cancellationToken) =>
        GceInstanceMapper.Map(
            instance,
            zone,
            GceInstanceMapper.NeedsFate(instance) ? await _fates.FindAsync(zone, instance.Name!, instance.Id, cancellationToken).ConfigureAwait(false) : GceFate.None);
}
