using SkyCompat.Workloads;

namespace SkyCompat.Clusters;

/// <summary>The portable clusters over a driver: checks, waiting, retries, renewal of credentials and telemetry, once for all clouds.</summary>
internal sealed class ClusterService(ClusterCalls calls, WorkloadDrivers workloads) : IClusterService
{
    public string Name => calls.Cloud.Name;

    public ICluster GetCluster(string name) => GetCluster(name, defaultNamespace: null);

    /// <summary>Names a cluster whose workloads are in a namespace of configuration where none is named.</summary>
    public ICluster GetCluster(string name, string? defaultNamespace)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new Cluster(calls, workloads, name, defaultNamespace);
    }

    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this : calls.Driver.GetService(serviceType);
    }
}
