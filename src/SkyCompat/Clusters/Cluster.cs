using SkyCompat.Workloads;

namespace SkyCompat.Clusters;

/// <summary>One cluster over a driver.</summary>
internal sealed class Cluster(ClusterCalls calls, WorkloadDrivers workloads, string name, string? defaultNamespace) : ICluster
{
    public string Name => name;

    public async Task<ClusterAccess> OpenAccessAsync(CancellationToken cancellationToken = default)
    {
        var endpoint = await calls.TraceAsync(
            "OpenClusterAccess", name, traced => calls.SendAsync("GetClusterEndpoint", name, (driver, token) => driver.GetEndpointAsync(name, token), traced), cancellationToken).ConfigureAwait(false);
        return new ClusterAccess(endpoint.Server, endpoint.CertificateAuthority, new RenewedCredentials(calls, name, endpoint)) { ServerName = endpoint.ServerName };
    }

    public IWorkloads GetWorkloads(string? namespaceName = null) => workloads.Open(this, namespaceName ?? defaultNamespace ?? calls.Driver.GetDefaultNamespace(name));

    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this : null;
    }
}
