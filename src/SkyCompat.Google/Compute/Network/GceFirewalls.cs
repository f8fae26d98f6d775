using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Firewall groups: rules of a network for the instances that carry the group's name as network tag. They are in all regions.</summary>
internal sealed class GceFirewalls(GceClient client, GceOperations operations, GceDefaultNetwork networks) : FirewallDriver
{
    private const string Collection = "global/firewalls";

    public override async Task<FirewallGroup> EnsureAsync(
        string name, IReadOnlyList<FirewallRule> inbound, string region, string? subnetId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        GceNames.DemandRegion(region);
        var (network, _) = subnetId is null
            ? await networks.FindAsync(region, tags, cancellationToken).ConfigureAwait(false)
            : await networks.FindAsync(subnetId, region, cancellationToken).ConfigureAwait(false);
        var wanted = GceFirewallRules.Write(name, inbound, network, GceMarks.Write(name, null, tags));
        var found = (await FindAsync(name, cancellationToken).ConfigureAwait(false)).Where(rule => GceNames.LastOf(rule.Network) == GceNames.Last(network)).ToDictionary(rule => rule.Name!, StringComparer.Ordinal);

        // Owners share a group of equal rules; another's group is not made to have other rules.
        if (found.Values.FirstOrDefault(rule => GceMarks.TryRead(rule.Description)?.GetValueOrDefault(ComputeTags.Owner) != tags.GetValueOrDefault(ComputeTags.Owner)) is not null
            && (found.Count != wanted.Count || !wanted.All(rule => found.TryGetValue(rule.Name!, out var known) && GceFirewallRules.IsSame(known, rule))))
        {
            throw new CloudException(CloudErrorCode.AlreadyExists, $"A firewall group '{name}' with other rules belongs to another owner; choose another name.");
        }

        foreach (var rule in wanted)
        {
            if (!found.Remove(rule.Name!, out var known))
            {
                await MakeAsync(rule, cancellationToken).ConfigureAwait(false);
            }
            else if (!GceFirewallRules.IsSame(known, rule))
            {
                var change = await client.PutAsync($"{Collection}/{rule.Name}", rule, GceJson.Default.GceFirewall, GceSubject.Other, cancellationToken).ConfigureAwait(false);
                await operations.DemandAsync(change, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var surplus in found.Keys)
        {
            await RemoveAsync(surplus, cancellationToken).ConfigureAwait(false);
        }

        return new FirewallGroup(name, name, [.. inbound.Distinct()]) { Tags = tags };
    }

    public override async Task<DriverPage<FirewallGroup>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        // A group is several rules, which may be on several pages, so that all are read for one page of groups.
        var rules = await ReadAllAsync(GceMarks.Filter, cancellationToken).ConfigureAwait(false);
        return new DriverPage<FirewallGroup>(
        [
            .. rules.Select(rule => (Rule: rule, Marks: GceMarks.TryRead(rule.Description))).Where(one => one.Marks?.ContainsKey(GceMarks.Name) == true)
                .GroupBy(one => one.Marks![GceMarks.Name], StringComparer.Ordinal)
                .Select(same => new FirewallGroup(same.Key, same.Key, [.. same.SelectMany(one => GceFirewallRules.Read(one.Rule)).Distinct()]) { Tags = GceMarks.TagsOf(same.First().Marks!) }),
        ]);
    }

    public override async Task DeleteAsync(string name, string region, CancellationToken cancellationToken)
    {
        var rules = await FindAsync(name, cancellationToken).ConfigureAwait(false);
        if (rules.Count == 0)
        {
            return;
        }

        // Rules can be deleted while instances carry their tag, which would then let in what the network's other rules do.
        var filter = GceFilters.Labels(new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Firewall] = name });
        string? token = null;
        do
        {
            var page = await client.GetAsync("aggregated/instances" + GceFilters.Page(filter, token), GceJson.Default.GceScopes, GceSubject.Other, cancellationToken).ConfigureAwait(false);
            if (page.Items?.Values.SelectMany(scope => scope.Instances ?? []).FirstOrDefault() is { } user)
            {
                throw new CloudException(CloudErrorCode.Conflict, $"Instance '{user.Name}' uses the firewall group '{name}': terminate it first.");
            }

            token = string.IsNullOrEmpty(page.NextPageToken) ? null : page.NextPageToken;
        }
        while (token is not null);

        foreach (var rule in rules)
        {
            await RemoveAsync(rule.Name!, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<GceFirewall>> FindAsync(string name, CancellationToken cancellationToken) =>
        [.. (await ReadAllAsync(GceMarks.Filter, cancellationToken).ConfigureAwait(false)).Where(rule => GceMarks.TryRead(rule.Description)?.GetValueOrDefault(GceMarks.Name) == name)];

    private async Task<List<GceFirewall>> ReadAllAsync(string filter, CancellationToken cancellationToken)
    {
        var all = new List<GceFirewall>();
        string? token = null;
        do
        {
            var page = await client.GetAsync(Collection + GceFilters.Page(filter, token), GceJson.Default.FirewallList, GceSubject.Other, cancellationToken).ConfigureAwait(false);
            all.AddRange(page.Items ?? []);
            token = string.IsNullOrEmpty(page.NextPageToken) ? null : page.NextPageToken;
        }
        while (token is not null);
        return all;
    }

    private async Task MakeAsync(GceFirewall rule, CancellationToken cancellationToken)
    {
        try
        {
            var operation = await client.PostAsync(Collection, rule, GceJson.Default.GceFirewall, GceSubject.Other, cancellationToken).ConfigureAwait(false);
            await operations.DemandAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
        {
            // Another launch with equal rules makes the group at the same time; a rule of somebody else's is an error.
            var there = await client.TryGetAsync($"{Collection}/{rule.Name}", GceJson.Default.GceFirewall, GceSubject.Other, cancellationToken).ConfigureAwait(false);
            if (there is not null && !GceFirewallRules.IsSame(there, rule))
            {
                throw;
            }
        }
    }

    private async Task RemoveAsync(string ruleName, CancellationToken cancellationToken)
    {
        if (await client.TryDeleteAsync($"{Collection}/{ruleName}", GceSubject.Other, cancellationToken).ConfigureAwait(false) is { } operation)
        {
            await operations.DemandAsync(operation, cancellationToken).ConfigureAwait(false);
        }
    }
}
