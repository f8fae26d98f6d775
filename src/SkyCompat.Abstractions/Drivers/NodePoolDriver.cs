using SkyCompat.Clusters;

namespace SkyCompat.Drivers;

/// <summary>Node pools of a provider; as <see cref="ClusterDriver"/>. Handles are looked at with <see cref="ClusterDriver.CheckAsync"/>.</summary>
public abstract class NodePoolDriver
{
    /// <summary>Looks a pool up.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="name">The pool.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The pool; null if there is none, or no such cluster.</returns>
    public abstract Task<NodePoolInfo?> TryGetAsync(string cluster, string name, CancellationToken cancellationToken);

    /// <summary>Lists a page of the pools of a cluster.</summary>
    /// <param name="cluster">The cluster; NotFound (ClusterNotFound) if there is none.</param>
    /// <param name="pageToken">The page; null for the first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public abstract Task<DriverPage<NodePoolInfo>> ListPageAsync(string cluster, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Makes a pool; AlreadyExists if there is one of the name.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="request">What to make.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The provider's operation; null if it has none.</returns>
    public abstract Task<string?> CreateAsync(string cluster, NodePoolRequest request, CancellationToken cancellationToken);

    /// <summary>Makes a pool more like what is asked: number of nodes, scaling, labels, taints. Where that needs several operations it begins the first; the engine looks at the outcome and asks again.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="request">How it shall be.</param>
    /// <param name="current">How it is; it differs.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The provider's operation; null if it has none.</returns>
    public abstract Task<string?> UpdateAsync(string cluster, NodePoolRequest request, NodePoolInfo current, CancellationToken cancellationToken);

    /// <summary>Upgrades the nodes of a pool.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="name">The pool.</param>
    /// <param name="version">The version.</param>
    /// <param name="clientToken">Names the request: the same for a repetition.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The provider's operation; null if it has none.</returns>
    public abstract Task<string?> UpgradeAsync(string cluster, string name, string version, string clientToken, CancellationToken cancellationToken);

    /// <summary>Deletes a pool; success if there is none.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="name">The pool.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The provider's operation; null if it has none.</returns>
    public abstract Task<string?> DeleteAsync(string cluster, string name, CancellationToken cancellationToken);
}
