using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SkyCompat.Hosting;
using SkyCompat.Kubernetes;

namespace SkyCompat;

/// <summary>Adds Kubernetes to SkyCompat.</summary>
public static class KubernetesSkyCompatBuilderExtensions
{
    /// <summary>Adds the provider <c>Kubernetes</c>, existing clusters with settings as in <see cref="KubernetesOptions"/>, and workloads on the clusters of every cloud.</summary>
    /// <remarks>Requests to API servers go over connections of their own, which trust the cluster's authority alone.</remarks>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ISkyCompatBuilder AddKubernetes(this ISkyCompatBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<CloudProviderFactory, KubernetesProviderFactory>());
        builder.Services.TryAddSingleton<WorkloadDriverFactory, KubernetesWorkloadDriverFactory>();
        return builder;
    }
}
