namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>Tests on the real cluster, each in a namespace of its own.</summary>
public abstract class ClusterTest : IAsyncLifetime
{
    private TestCluster? _cluster;

    internal TestCluster Cluster => _cluster!;

    internal IWorkloads Workloads => Cluster.Workloads;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
