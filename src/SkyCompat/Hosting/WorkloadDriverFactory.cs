using SkyCompat.Clusters;
using SkyCompat.Drivers;

namespace SkyCompat.Hosting;

/// <summary>Makes what speaks to the API server of a cluster, whatever cloud it is on. Registered by the adapter's <c>AddKubernetes()</c>.</summary>
public abstract class WorkloadDriverFactory
{
    /// <summary>Makes the driver of a cluster. Sends no request.</summary>
    /// <param name="cluster">The cluster; <see cref="ICluster.OpenAccessAsync"/> gives the way to it when the first request is sent.</param>
    /// <param name="services">The application's services.</param>
    /// <returns>The driver; disposed with the host.</returns>
    public abstract WorkloadDriver Create(ICluster cluster, IServiceProvider services);
}
