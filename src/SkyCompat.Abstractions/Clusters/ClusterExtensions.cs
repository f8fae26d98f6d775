namespace SkyCompat.Clusters;

/// <summary>Short forms for <see cref="IClusterService"/>, <see cref="ICluster"/> and <see cref="ClusterAccess"/>.</summary>
public static class ClusterExtensions
{
    /// <summary>Looks a cluster up, or fails. One or two requests.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The cluster.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/> (<see cref="ClusterErrorReasons.ClusterNotFound"/>): there is none.</exception>
    public static async Task<ClusterInfo> GetInfoAsync(this ICluster cluster, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return await cluster.TryGetInfoAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new CloudException(CloudErrorCode.NotFound, $"There is no cluster '{cluster.Name}'; list those there are.") { Reason = ClusterErrorReasons.ClusterNotFound, Resource = cluster.Name };
    }

    /// <summary>Makes a cluster and waits until it and its pools run.</summary>
    /// <inheritdoc cref="IClusterService.CreateAsync" path="/exception"/>
    /// <param name="clusters">The service.</param>
    /// <param name="spec">What to make.</param>
    /// <param name="cancellationToken">Stops waiting; what was made stays, and is found again by its key.</param>
    /// <returns>The running cluster.</returns>
    public static async Task<ClusterInfo> CreateAndWaitAsync(this IClusterService clusters, ClusterSpec spec, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        var operation = await clusters.CreateAsync(spec, cancellationToken).ConfigureAwait(false);
        return (await operation.WaitAsync(null, cancellationToken).ConfigureAwait(false)).Cluster!;
    }

    /// <summary>The node pools of a cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <returns>The pools.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the cloud has no node pools.</exception>
    public static INodePools GetNodePools(this ICluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return cluster.GetService(typeof(INodePools)) as INodePools
            ?? throw new CloudException(CloudErrorCode.Unsupported, $"The cloud of cluster '{cluster.Name}' has no node pools (ClusterFeatures.NodePools).") { Resource = cluster.Name };
    }

    /// <summary>Writes the access to a cluster as a kubeconfig, for tools that want one. It holds a credential as it is now and <b>does not renew it</b>: a token of EKS ends after 15 minutes, those of
    /// Google and Entra after about an hour, a certificate of ACK when it says. Treat it as the secret it is.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The kubeconfig as YAML, with one cluster, one user and one context, all of the cluster's name.</returns>
    /// <inheritdoc cref="ICluster.OpenAccessAsync" path="/exception"/>
    public static async Task<string> ExportKubeconfigAsync(this ICluster cluster, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var access = await cluster.OpenAccessAsync(cancellationToken).ConfigureAwait(false);
        return KubeconfigText.Write(cluster.Name, access, await access.Credentials.GetAsync(cancellationToken).ConfigureAwait(false));
    }
}
