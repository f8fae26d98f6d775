namespace SkyCompat.Compute;

/// <summary>Looks instances up, and says which cloud they are of and when they were seen.</summary>
internal sealed class InstanceDirectory(ComputeCalls calls, string owner)
{
    // From here on one list is cheaper than many look-ups.
    private const int ManyIds = 4;

    public string Owner => owner;

    public Instance Stamp(Instance instance) => instance with { Cloud = calls.Cloud.Name, ObservedAt = calls.Time.GetUtcNow() };

    public async Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken) =>
        await calls.SendAsync("GetInstance", id, (driver, token) => driver.TryGetAsync(id, token), cancellationToken).ConfigureAwait(false) is { } found ? Stamp(found) : null;

    /// <summary>Everything that a launch of this owner made, what is gone included if the provider still shows it.</summary>
    public async Task<IReadOnlyList<Instance>> FindByKeyAsync(string key, string region, CancellationToken cancellationToken)
    {
        var found = new List<Instance>();
        var query = new InstanceQuery { Regions = [region], Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Owner] = owner, [ComputeTags.Key] = key } };
        await foreach (var instance in ListAsync(query, cancellationToken).ConfigureAwait(false))
        {
            found.Add(instance);
        }

        return found;
    }

    /// <summary>Lists without leaving out what is gone. Every tag of the query is looked for here too.</summary>
    public async IAsyncEnumerable<Instance> ListAsync(InstanceQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var instance in calls.ListAsync("ListInstances", null, (driver, page, token) => driver.ListPageAsync(query, page, token), cancellationToken).ConfigureAwait(false))
        {
            if (query.Tags.All(tag => instance.Tags.TryGetValue(tag.Key, out var value) && value == tag.Value))
            {
                yield return Stamp(instance);
            }
        }
    }

    /// <summary>The instances of an operation in the order of their ids; null for those that are not seen.</summary>
    public async Task<IReadOnlyList<Instance?>> GetAsync(OperationState state, CancellationToken cancellationToken)
    {
        if (state is { Key: { } key, Region: { } region } && state.Ids.Count >= ManyIds)
        {
            var byId = (await FindByKeyAsync(key, region, cancellationToken).ConfigureAwait(false)).ToDictionary(instance => instance.Id, StringComparer.Ordinal);
            return [.. state.Ids.Select(id => byId.GetValueOrDefault(id))];
        }

        var seen = new List<Instance?>();
        foreach (var id in state.Ids)
        {
            seen.Add(await TryGetAsync(id, cancellationToken).ConfigureAwait(false));
        }

        return seen;
    }
}
