namespace SkyCompat.Clusters;

/// <summary>The Kubernetes clusters of one cloud.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public interface IClusterService : ICloudResource
{
    /// <summary>Names a cluster. Sends no request.</summary>
    /// <param name="name">Its name at the provider; for an existing cluster of a kubeconfig the context.</param>
    /// <returns>The cluster, whether or not it exists.</returns>
    ICluster GetCluster(string name);
}
