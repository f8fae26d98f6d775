using System.Runtime.CompilerServices;
using SkyCompat.Compute;

namespace SkyCompat.Clusters;

/// <summary>The node pools of one cluster, by the engine.</summary>
internal sealed class NodePools(ClusterEngine engine, string cluster) : INodePools
{
    public Task<IClusterOperation> ApplyAsync(NodePoolSpec spec, CancellationToken cancellationToken = default)
    {
        engine.Checks.CheckPool(spec);
        return engine.BeginAsync(
            "ApplyNodePool",
            $"{cluster}/{spec.Name}",
            async token =>
            {
                var current = await engine.Directory.TryGetPoolAsync(cluster, spec.Name, token).ConfigureAwait(false);
                var request = current is null or { Phase: ClusterPhase.Deleting } ? await engine.Requests.CreateAsync(cluster, spec, [], token).ConfigureAwait(false) : engine.Requests.Change(cluster, spec, current);
                return engine.NewIntent(ClusterGoal.ApplyPool, cluster) with { Pool = spec.Name, PoolRequest = request };
            },
            cancellationToken);
    }

    public Task<IClusterOperation> UpgradeAsync(string name, string? version = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        engine.Checks.Need(ClusterFeatures.NodePools | ClusterFeatures.Upgrade);
        return engine.BeginAsync(
            "UpgradeNodePool",
            $"{cluster}/{name}",
            async token =>
            {
                var target = version is not null ? await engine.Versions.ResolveAsync(version, token).ConfigureAwait(false)
                    : (await engine.Directory.TryGetAsync(cluster, token).ConfigureAwait(false) ?? throw NoCluster()).Version ?? throw NotReady();
                return engine.NewIntent(ClusterGoal.UpgradePool, cluster) with { Pool = name, Target = target, ClientToken = Fingerprint.Of(32, ["upgrade", cluster, name, target, engine.Stamp()]) };
            },
            cancellationToken);
    }

    public Task<IClusterOperation> DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        engine.Checks.Need(ClusterFeatures.NodePools);
        return engine.BeginAsync("DeleteNodePool", $"{cluster}/{name}", _ => Task.FromResult(engine.NewIntent(ClusterGoal.DeletePool, cluster) with { Pool = name }), cancellationToken);
    }

    public Task<NodePoolInfo?> TryGetAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return engine.Calls.TraceAsync("GetNodePool", $"{cluster}/{name}", token => engine.Directory.TryGetPoolAsync(cluster, name, token), cancellationToken);
    }

    public async IAsyncEnumerable<NodePoolInfo> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var pool in engine.Directory.ListPoolsAsync(cluster, cancellationToken).ConfigureAwait(false))
        {
            yield return pool;
        }
    }

    private CloudException NoCluster() => new(CloudErrorCode.NotFound, $"There is no cluster '{cluster}'.") { Reason = ClusterErrorReasons.ClusterNotFound, Resource = cluster };

    private CloudException NotReady() => new(CloudErrorCode.Conflict, $"Cluster '{cluster}' has no version yet; wait until it runs.") { Reason = ClusterErrorReasons.ClusterNotReady, Resource = cluster };
}
