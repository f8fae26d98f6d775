using SkyCompat.Clusters;
using SkyCompat.Drivers;
using SkyCompat.Hosting;

namespace SkyCompat.Kubernetes;

/// <summary>Speaks to the API servers of the clusters of all clouds.</summary>
internal sealed class KubernetesWorkloadDriverFactory : WorkloadDriverFactory
{
    public override WorkloadDriver Create(ICluster cluster, IServiceProvider services) =>
        new KubernetesWorkloadDriver(new ApiServer(cluster.OpenAccessAsync));
}
