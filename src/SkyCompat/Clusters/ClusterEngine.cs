using System.Globalization;
using SkyCompat.Compute;

namespace SkyCompat.Clusters;

/// <summary>What the parts of a cloud's clusters share.</summary>
internal sealed class ClusterEngine(ClusterCalls calls, string owner, IComputeService? compute)
{
    public ClusterCalls Calls => calls;

    public ClusterDirectory Directory { get; } = new(calls, owner);

    public ClusterChecks Checks { get; } = new(calls.Cloud, calls.Driver.Capabilities);

    public ClusterVersions Versions { get; } = new(calls);

    public PoolRequests Requests { get; } = new(calls, compute, owner);

    public ClusterIntent NewIntent(ClusterGoal goal, string cluster) => new(1, calls.Cloud.Name, goal, cluster);

    /// <summary>The hour: requests of one intent repeat within it, and an upgrade that is wanted again another day is another request.</summary>
    public string Stamp() => calls.Time.GetUtcNow().ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    public ClusterOperation Open(ClusterIntent intent) => new(calls, Directory, intent);

    /// <summary>Begins an operation under one span.</summary>
    public Task<IClusterOperation> BeginAsync(string operation, string resource, Func<CancellationToken, Task<ClusterIntent>> prepare, CancellationToken cancellationToken) =>
        calls.TraceAsync(operation, resource, async token => await Open(await prepare(token).ConfigureAwait(false)).BeginAsync(token).ConfigureAwait(false), cancellationToken);
}
