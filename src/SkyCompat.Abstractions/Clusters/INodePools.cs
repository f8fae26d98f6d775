namespace SkyCompat.Clusters;

/// <summary>The node pools of one cluster; found by <see cref="ICloudResource.GetService"/> of an <see cref="ICluster"/> (<see cref="ClusterFeatures.NodePools"/>).</summary>
/// <remarks>Safe for use by many threads. Where the provider does one operation of a cluster at a time, the others are queued.</remarks>
public interface INodePools
{
    /// <summary>Makes a pool, or changes its number of nodes, scaling, labels and taints to what is given; success without a change if it is so. Does not wait.</summary>
    /// <param name="spec">How the pool shall be.</param>
    /// <param name="cancellationToken">Stops before the next request.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="ArgumentException">The name, a number, a label or a taint is malformed.</exception>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the cloud cannot do what the specification asks; no request was sent.
    /// <see cref="CloudErrorCode.NotFound"/>: there is no such cluster (<see cref="ClusterErrorReasons.ClusterNotFound"/>), or no offer meets the need (<c>NoOffer</c>).
    /// <see cref="CloudErrorCode.Conflict"/> (<see cref="ClusterErrorReasons.PoolDiffers"/>): the pool has another instance type or market, which no provider changes: make another pool.
    /// <see cref="CloudErrorCode.QuotaExceeded"/>: with the scope to avoid.</exception>
    Task<IClusterOperation> ApplyAsync(NodePoolSpec spec, CancellationToken cancellationToken = default);

    /// <summary>Upgrades the nodes of a pool; success if they have the version. Does not wait.</summary>
    /// <param name="name">The pool.</param>
    /// <param name="version">The version, no newer than the cluster's, as <see cref="ClusterSpec.Version"/>; null for the cluster's.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is no such pool. <see cref="CloudErrorCode.InvalidArgument"/>
    /// (<see cref="ClusterErrorReasons.VersionNotOffered"/>): the provider does not offer the version.</exception>
    Task<IClusterOperation> UpgradeAsync(string name, string? version = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a pool with its nodes; success if there is none. Does not wait.</summary>
    /// <param name="name">The pool.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The operation.</returns>
    Task<IClusterOperation> DeleteAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Looks a pool up. One or two requests.</summary>
    /// <param name="name">The pool.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The pool; null if there is none, or no such cluster.</returns>
    Task<NodePoolInfo?> TryGetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Lists the pools of the cluster. One request per page, and on some providers one per pool.</summary>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The pools, in no order.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/> (<see cref="ClusterErrorReasons.ClusterNotFound"/>): there is no such cluster.</exception>
    IAsyncEnumerable<NodePoolInfo> ListAsync(CancellationToken cancellationToken = default);
}
