using SkyCompat.Compute;

namespace SkyCompat.Drivers;

/// <summary>Firewall groups of a provider; as <see cref="ComputeDriver"/>.</summary>
public abstract class FirewallDriver
{
    /// <summary>Makes a group have exactly these rules, creating it where there is none. Several requests, each safe to repeat.</summary>
    /// <param name="name">The name.</param>
    /// <param name="inbound">What is let in.</param>
    /// <param name="region">The region.</param>
    /// <param name="subnetId">A subnet of the network it belongs to, where groups belong to one; null for the default network.</param>
    /// <param name="tags">The tags to give it.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The group.</returns>
    public abstract Task<FirewallGroup> EnsureAsync(
        string name, IReadOnlyList<FirewallRule> inbound, string region, string? subnetId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>Lists a page of groups that have the tag <c>skycompat-owner</c>, or its stand-in where groups carry no tags, which is shown as that tag.</summary>
    /// <param name="region">The region.</param>
    /// <param name="pageToken">The page; null for the first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public abstract Task<DriverPage<FirewallGroup>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Deletes a group; success if there is none, Conflict if an instance uses it. The engine asks again until it is not listed any more, so it is listed while it is being deleted.</summary>
    /// <param name="name">The name.</param>
    /// <param name="region">The region.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>A task that ends when it is accepted.</returns>
    public abstract Task DeleteAsync(string name, string region, CancellationToken cancellationToken);
}
