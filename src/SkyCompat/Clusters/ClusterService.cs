namespace SkyCompat.Clusters;

/// <summary>The portable clusters over a driver: checks, waiting, retries, renewal of credentials and telemetry, once for all clouds.</summary>
internal sealed class ClusterService(ClusterCalls calls) : IClusterService
{
    public string Name => calls.Cloud.Name;

    public ICluster GetCluster(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new Cluster(calls, name);
    }

    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this : calls.Driver.GetService(serviceType);
    }
}
