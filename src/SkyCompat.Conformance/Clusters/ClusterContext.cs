using SkyCompat.Clusters;
using SkyCompat.Compute;

namespace SkyCompat.Conformance;

/// <summary>Where one run of a case of clusters happens.</summary>
public sealed class ClusterContext
{
    internal ClusterContext(ClusterHarness harness, string caseId)
    {
        Harness = harness;
        CaseId = caseId;
    }

    /// <summary>The adapter under test.</summary>
    public ClusterHarness Harness { get; }

    /// <summary>The case.</summary>
    public string CaseId { get; }

    /// <summary>The service under test.</summary>
    public IClusterService Clusters => Harness.Clusters;

    /// <summary>Whether the service has a feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <returns>True if it has.</returns>
    public bool Has(ClusterFeatures feature) => Clusters.Capabilities.Supports(feature);

    /// <summary>A specification with a key of its own and one pool.</summary>
    /// <returns>The specification.</returns>
    public ClusterSpec Spec() => new() { IdempotencyKey = Harness.NewKey("c"), Pools = [Pool("main")], SubnetIds = Harness.SubnetIds };

    /// <summary>A pool of one node.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The specification.</returns>
    public NodePoolSpec Pool(string name) => new(name) { Need = new MachineNeed { InstanceType = Harness.InstanceType } };

    /// <summary>Makes a cluster and waits until it runs.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The cluster.</returns>
    public async Task<ICluster> RunningAsync(CancellationToken cancellationToken)
    {
        var spec = Spec();
        await Clusters.CreateAndWaitAsync(spec, cancellationToken);
        return Clusters.GetCluster(spec.IdempotencyKey);
    }

    /// <summary>The pools of a cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The pools.</returns>
    public static async Task<IReadOnlyList<NodePoolInfo>> PoolsAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var pools = new List<NodePoolInfo>();
        await foreach (var pool in cluster.GetNodePools().ListAsync(cancellationToken))
        {
            pools.Add(pool);
        }

        return pools;
    }

    /// <summary>The names of the clusters of a service's owner.</summary>
    /// <param name="clusters">The service.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The names.</returns>
    public static async Task<IReadOnlyList<string>> NamesAsync(IClusterService clusters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        var names = new List<string>();
        await foreach (var info in clusters.ListAsync(cancellationToken: cancellationToken))
        {
            names.Add(info.Name);
        }

        return names;
    }
}
