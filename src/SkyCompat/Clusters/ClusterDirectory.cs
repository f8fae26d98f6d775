using System.Runtime.CompilerServices;
using SkyCompat.Compute;

namespace SkyCompat.Clusters;

/// <summary>Looks clusters and pools up, and knows which are this owner's.</summary>
internal sealed class ClusterDirectory(ClusterCalls calls, string owner)
{
    public string Owner => owner;

    public async Task<ClusterInfo?> TryGetAsync(string name, CancellationToken cancellationToken) =>
        await calls.SendAsync("GetCluster", name, (driver, token) => driver.TryGetAsync(name, token), cancellationToken).ConfigureAwait(false) is { Phase: not ClusterPhase.Gone } info ? Stamp(info) : null;

    public async IAsyncEnumerable<ClusterInfo> ListAsync(bool includeForeign, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var info in calls.ListAsync("ListClusters", null, (driver, page, token) => driver.ListPageAsync(page, token), cancellationToken).ConfigureAwait(false))
        {
            if (info.Phase != ClusterPhase.Gone && (includeForeign || IsOwn(info)))
            {
                yield return Stamp(info);
            }
        }
    }

    public async Task<NodePoolInfo?> TryGetPoolAsync(string cluster, string name, CancellationToken cancellationToken) =>
        await calls.SendAsync("GetNodePool", $"{cluster}/{name}", (driver, token) => driver.NodePools!.TryGetAsync(cluster, name, token), cancellationToken).ConfigureAwait(false) is { Phase: not ClusterPhase.Gone } pool
            ? Stamp(pool)
            : null;

    public async IAsyncEnumerable<NodePoolInfo> ListPoolsAsync(string cluster, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var pool in calls.ListAsync("ListNodePools", cluster, (driver, page, token) => driver.NodePools!.ListPageAsync(cluster, page, token), cancellationToken).ConfigureAwait(false))
        {
            if (pool.Phase != ClusterPhase.Gone)
            {
                yield return Stamp(pool);
            }
        }
    }

    public bool IsOwn(ClusterInfo info) => info.Tags.Has(ComputeTags.Owner, owner);

    private ClusterInfo Stamp(ClusterInfo info) => info with { Cloud = calls.Cloud.Name, ObservedAt = calls.Time.GetUtcNow() };

    private NodePoolInfo Stamp(NodePoolInfo pool) => pool with { ObservedAt = calls.Time.GetUtcNow() };
}
