using SkyCompat.Compute;

namespace SkyCompat.Clusters;

/// <summary>The Kubernetes clusters of one cloud.</summary>
/// <remarks>Safe for use by many threads. Every method raises <see cref="CloudException"/> for what the provider or the way to it does wrong; requests are retried as configured.</remarks>
public interface IClusterService : ICloudResource
{
    /// <summary>What this cloud's clusters can do.</summary>
    ClusterCapabilities Capabilities { get; }

    /// <summary>Names a cluster. Sends no request.</summary>
    /// <param name="name">Its name at the provider; for an existing cluster of a kubeconfig the context.</param>
    /// <returns>The cluster, whether or not it exists.</returns>
    ICluster GetCluster(string name);

    /// <summary>Lists the versions of Kubernetes that the cloud offers. One request.</summary>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The versions, the newest first.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the cloud lacks <see cref="ClusterFeatures.Upgrade"/>.</exception>
    Task<IReadOnlyList<ClusterVersion>> ListVersionsAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a cluster with its node pools; does not wait until it runs. With the key of an earlier creation it returns that one, whatever became of the process that began it.</summary>
    /// <param name="spec">What to make.</param>
    /// <param name="cancellationToken">Stops before the next request; what was made is found again by the key.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="ArgumentException">The key, the name, a number, a label or a taint is malformed.</exception>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the cloud cannot do what the specification asks; no request was sent.
    /// <see cref="CloudErrorCode.InvalidArgument"/> (<see cref="ClusterErrorReasons.VersionNotOffered"/>): the provider does not offer the version.
    /// <see cref="CloudErrorCode.AlreadyExists"/> (<see cref="ClusterErrorReasons.NameTaken"/>): somebody else's cluster has the name.
    /// <see cref="CloudErrorCode.Conflict"/> (<see cref="ClusterErrorReasons.KeyReused"/>): the key was used with other parameters.
    /// <see cref="CloudErrorCode.NotFound"/> (<c>NoOffer</c>): nothing meets the need of a pool.
    /// <see cref="CloudErrorCode.QuotaExceeded"/>, <see cref="CloudErrorCode.CapacityShortage"/>: with the scope to avoid.</exception>
    Task<IClusterOperation> CreateAsync(ClusterSpec spec, CancellationToken cancellationToken = default);

    /// <summary>Lists clusters of the cloud's own region. One request per page, and on some providers one per cluster; those that are gone are left out.</summary>
    /// <param name="includeForeign">Whether to list those too that this library's owner did not make.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The clusters, in no order.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the cloud lacks <see cref="ClusterFeatures.List"/>.</exception>
    IAsyncEnumerable<ClusterInfo> ListAsync(bool includeForeign = false, CancellationToken cancellationToken = default);

    /// <summary>Takes an operation up again from its token. Sends no request.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/> (<see cref="ClusterErrorReasons.BadOperationToken"/>): it is no token of this cloud.</exception>
    IClusterOperation Resume(string token);

    /// <summary>Deletes clusters that this library's owner made and that are not wanted any more, and waits until each is gone.</summary>
    /// <param name="options">What is wanted (<see cref="SweepOptions.KeepKeys"/>; without it nothing is removed); null for a dry run. Regions must be empty or the cloud's own.</param>
    /// <param name="cancellationToken">Stops the sweep; what was removed stays so.</param>
    /// <returns>One result per cluster of this owner, as it goes.</returns>
    IAsyncEnumerable<SweepResult> SweepAsync(SweepOptions? options = null, CancellationToken cancellationToken = default);
}
