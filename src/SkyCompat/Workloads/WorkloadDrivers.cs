using System.Collections.Concurrent;
using SkyCompat.Clusters;
using SkyCompat.Hosting;
using SkyCompat.Resilience;

namespace SkyCompat.Workloads;

/// <summary>The workload drivers of the clusters of one cloud: one for each, made when first asked for, so that connections and what was learnt of a cluster are shared.</summary>
internal sealed class WorkloadDrivers(CloudCalls calls, CloudClusterOptions options, WorkloadDriverFactory? factory, IServiceProvider services, BucketGrants grants) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<WorkloadCalls>> _drivers = new(StringComparer.Ordinal);

    public IWorkloads Open(ICluster cluster, string? namespaceName)
    {
        if (namespaceName is not null)
        {
            WorkloadChecks.CheckNamespace(namespaceName, nameof(namespaceName));
        }

        if (factory is null)
        {
            throw new CloudException(
                CloudErrorCode.Unsupported, $"Nothing that speaks to Kubernetes clusters was added: reference the package SkyCompat.Kubernetes and call AddKubernetes() beside the other providers.")
            {
                Provider = calls.Cloud.Provider,
                Resource = cluster.Name,
            };
        }

        var opened = _drivers.GetOrAdd(cluster.Name, static (_, state) => new Lazy<WorkloadCalls>(() => new WorkloadCalls(state.calls, state.factory.Create(state.cluster, state.services), state.options)), (calls, factory, cluster, services, options)).Value;
        return new ClusterWorkloads(opened, namespaceName ?? opened.Driver.DefaultNamespace, grants);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var driver in _drivers.Values.Where(driver => driver.IsValueCreated))
        {
            await driver.Value.Driver.DisposeAsync().ConfigureAwait(false);
        }
    }
}
