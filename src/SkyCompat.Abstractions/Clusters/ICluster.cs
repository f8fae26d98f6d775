using SkyCompat.Workloads;

namespace SkyCompat.Clusters;

/// <summary>One Kubernetes cluster by its name. Further abilities are found by <see cref="ICloudResource.GetService"/>.</summary>
/// <remarks>Safe for use by many threads; being given one sends no request and does not say that there is such a cluster.</remarks>
public interface ICluster : ICloudResource
{
    /// <summary>Finds the way to the cluster's API server: its address, its certificate authority and a credential that refreshes itself in this process, without any other program. One or two requests.</summary>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The access; usable for as long as the host lives.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is no such cluster. <see cref="CloudErrorCode.Conflict"/>: it has no API server yet, or any more.
    /// <see cref="CloudErrorCode.Unauthenticated"/>, <see cref="CloudErrorCode.PermissionDenied"/>: the cloud does not let this caller in.</exception>
    Task<ClusterAccess> OpenAccessAsync(CancellationToken cancellationToken = default);

    /// <summary>The workloads of a namespace. Sends no request.</summary>
    /// <param name="namespaceName">The namespace; null for the cluster's default: that of the logical cluster or of the kubeconfig's context, else <c>default</c>.</param>
    /// <returns>The workloads, whether or not there is such a namespace.</returns>
    /// <exception cref="ArgumentException">The text cannot be a namespace's name.</exception>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: nothing that speaks to clusters was added; call <c>AddKubernetes()</c>.</exception>
    IWorkloads GetWorkloads(string? namespaceName = null);
}
