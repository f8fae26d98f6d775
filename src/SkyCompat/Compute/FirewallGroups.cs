namespace SkyCompat.Compute;

/// <summary>Firewall groups, by the engine.</summary>
internal sealed class FirewallGroups(ComputeCalls calls, string owner) : IFirewallGroups
{
    public Task<FirewallGroup> EnsureAsync(string name, IReadOnlyList<FirewallRule> inbound, string? region = null, CancellationToken cancellationToken = default)
    {
        ComputeChecks.CheckGroupName(name, nameof(name));
        ComputeChecks.CheckRules(inbound);
        return calls.TraceAsync(
            "EnsureFirewallGroup",
            name,
            traced => calls.SendAsync(
                "EnsureFirewallGroup", name, (driver, token) => driver.Firewalls!.EnsureAsync(name, [.. inbound.Distinct()], region ?? driver.Region, null, OwnedTags.Shared(owner), token), traced),
            cancellationToken);
    }

    public IAsyncEnumerable<FirewallGroup> ListAsync(string? region = null, CancellationToken cancellationToken = default) =>
        calls.ListAsync("ListFirewallGroups", region, (driver, page, token) => driver.Firewalls!.ListPageAsync(region ?? driver.Region, page, token), cancellationToken);

    public Task DeleteAsync(string name, string? region = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return calls.DeleteAsync(
            "DeleteFirewallGroup",
            name,
            (driver, token) => driver.Firewalls!.DeleteAsync(name, region ?? driver.Region, token),
            (driver, page, token) => driver.Firewalls!.ListPageAsync(region ?? driver.Region, page, token),
            item => item.Name,
            cancellationToken);
    }
}
