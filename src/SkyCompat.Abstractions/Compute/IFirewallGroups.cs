namespace SkyCompat.Compute;

/// <summary>Named sets of firewall rules in portable form.</summary>
public interface IFirewallGroups
{
    /// <summary>Makes a group have exactly these rules, creating it where there is none.</summary>
    /// <param name="name">The name: lower-case letters, digits and hyphens, at most 60.</param>
    /// <param name="inbound">What is let in; empty for nothing.</param>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The group.</returns>
    Task<FirewallGroup> EnsureAsync(string name, IReadOnlyList<FirewallRule> inbound, string? region = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the groups that this library made.</summary>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The groups, in no order.</returns>
    IAsyncEnumerable<FirewallGroup> ListAsync(string? region = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a group; success if there is none. Waits until it is not listed any more.</summary>
    /// <param name="name">The name.</param>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>A task that ends when it is gone.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Conflict"/>: an instance uses it.</exception>
    Task DeleteAsync(string name, string? region = null, CancellationToken cancellationToken = default);
}
