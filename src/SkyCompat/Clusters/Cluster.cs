using SkyCompat.Compute;
using SkyCompat.Workloads;

namespace SkyCompat.Clusters;

/// <summary>One cluster over a driver.</summary>
internal sealed class Cluster(ClusterEngine engine, WorkloadDrivers workloads, string name, string? defaultNamespace) : ICluster
{
    private readonly ClusterCalls _calls = engine.Calls;

    public string Name => name;

    public async Task<ClusterAccess> OpenAccessAsync(CancellationToken cancellationToken = default)
    {
        var endpoint = await _calls.TraceAsync(
            "OpenClusterAccess", name, traced => _calls.SendAsync("GetClusterEndpoint", name, (driver, token) => driver.GetEndpointAsync(name, token), traced), cancellationToken).ConfigureAwait(false);
        return new ClusterAccess(endpoint.Server, endpoint.CertificateAuthority, new RenewedCredentials(_calls, name, endpoint)) { ServerName = endpoint.ServerName };
    }

    public Task<ClusterInfo?> TryGetInfoAsync(CancellationToken cancellationToken = default)
    {
        engine.Checks.Need(ClusterFeatures.List);
        return _calls.TraceAsync("GetCluster", name, token => engine.Directory.TryGetAsync(name, token), cancellationToken);
    }

    public Task<IClusterOperation> UpgradeAsync(string version, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        engine.Checks.Need(ClusterFeatures.Upgrade);
        return engine.BeginAsync(
            "UpgradeCluster",
            name,
            async token =>
            {
                var target = await engine.Versions.ResolveAsync(version, token).ConfigureAwait(false);
                return engine.NewIntent(ClusterGoal.Upgrade, name) with { Target = target, ClientToken = Fingerprint.Of(32, ["upgrade", name, target, engine.Stamp()]) };
            },
            cancellationToken);
    }

    public Task<IClusterOperation> DeleteAsync(CancellationToken cancellationToken = default)
    {
        engine.Checks.Need(ClusterFeatures.Lifecycle);
        return engine.BeginAsync("DeleteCluster", name, _ => Task.FromResult(engine.NewIntent(ClusterGoal.Delete, name)), cancellationToken);
    }

    public IWorkloads GetWorkloads(string? namespaceName = null) => workloads.Open(this, namespaceName ?? defaultNamespace ?? _calls.Driver.GetDefaultNamespace(name));

    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(INodePools) && _calls.Driver.NodePools is not null ? new NodePools(engine, name)
            : null;
    }
}
