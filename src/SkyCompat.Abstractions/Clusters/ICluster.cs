using SkyCompat.Workloads;

namespace SkyCompat.Clusters;

/// <summary>One Kubernetes cluster by its name. Further abilities are found by <see cref="ICloudResource.GetService"/>: <see cref="INodePools"/>.</summary>
/// <remarks>Safe for use by many threads; being given one sends no request and does not say that there is such a cluster.</remarks>
public interface ICluster : ICloudResource
{
    /// <summary>Finds the way to the cluster's API server: its address, its certificate authority and a credential that refreshes itself in this process, without any other program. One or two requests.</summary>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The access; usable for as long as the host lives.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is no such cluster. <see cref="CloudErrorCode.Conflict"/>: it has no API server yet, or any more.
    /// <see cref="CloudErrorCode.Unauthenticated"/>, <see cref="CloudErrorCode.PermissionDenied"/>: the cloud does not let this caller in.</exception>
    Task<ClusterAccess> OpenAccessAsync(CancellationToken cancellationToken = default);

    /// <summary>Looks the cluster up. One or two requests.</summary>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The cluster; null if there is none, or none any more.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the cloud lacks <see cref="ClusterFeatures.List"/>.</exception>
    Task<ClusterInfo?> TryGetInfoAsync(CancellationToken cancellationToken = default);

    /// <summary>Upgrades the API server; success if it has the version. Node pools keep theirs: see <see cref="INodePools.UpgradeAsync"/>. Does not wait.</summary>
    /// <param name="version">The version, as <see cref="ClusterSpec.Version"/>. Providers go up one minor version at a time.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is no such cluster. <see cref="CloudErrorCode.InvalidArgument"/>
    /// (<see cref="ClusterErrorReasons.VersionNotOffered"/>): the provider does not offer the version. <see cref="CloudErrorCode.Unsupported"/>: the cloud cannot; no request was sent.</exception>
    Task<IClusterOperation> UpgradeAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>Deletes the cluster with its node pools; success if there is none. Does not wait. What workloads made outside of the cluster, such as disks of volumes and load balancers, may stay.</summary>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the cloud cannot; no request was sent.</exception>
    Task<IClusterOperation> DeleteAsync(CancellationToken cancellationToken = default);

    /// <summary>The workloads of a namespace. Sends no request.</summary>
    /// <param name="namespaceName">The namespace; null for the cluster's default: that of the logical cluster or of the kubeconfig's context, else <c>default</c>.</param>
    /// <returns>The workloads, whether or not there is such a namespace.</returns>
    /// <exception cref="ArgumentException">The text cannot be a namespace's name.</exception>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: nothing that speaks to clusters was added; call <c>AddKubernetes()</c>.</exception>
    IWorkloads GetWorkloads(string? namespaceName = null);
}
