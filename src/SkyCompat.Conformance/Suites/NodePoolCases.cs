using SkyCompat.Clusters;
using SkyCompat.Compute;
using SkyCompat.Conformance.Internal;

namespace SkyCompat.Conformance.Suites;

/// <summary>Cases of node pools.</summary>
internal static class NodePoolCases
{
    private const ClusterFeatures Pools = ClusterFeatures.Lifecycle | ClusterFeatures.List | ClusterFeatures.NodePools;

    public static IReadOnlyList<ClusterCase> All { get; } =
    [
        new("pool.apply", "A pool is made, resized, labelled and tainted, and applying it again is done already.", Apply) { Requires = Pools },
        new("pool.autoscale", "A pool scales between two numbers, and again has a fixed one.", Autoscale) { Requires = Pools | ClusterFeatures.Autoscale },
        new("pool.spot", "A pool of the spot market says so.", Spot) { Requires = Pools | ClusterFeatures.Spot },
        new("pool.fixed", "Another instance type is a Conflict, not another pool.", Fixed) { Requires = Pools },
        new("pool.disk", "A pool has disks of the size asked for; another size is a Conflict, and none asked for is as wanted.", Disk) { Requires = Pools },
        new("pool.delete", "A pool is deleted; one that does not exist is deleted already.", Delete) { Requires = Pools },
        new("pool.delete.again", "A pool that is applied while it is deleted is made anew once it is gone.", ApplyWhileDeleting) { Requires = Pools },
        new("pool.queue", "Operations of one cluster at the same time all succeed.", Queue) { Requires = Pools },
        new("pool.missing", "A pool that does not exist is told apart from one that does.", Missing) { Requires = Pools },
        new("pool.resume", "A pool's operation goes on in another process from its token.", Resume) { Requires = Pools },
    ];

    private static async Task Apply(ClusterContext context, CancellationToken cancellationToken)
    {
        var pools = (await context.RunningAsync(cancellationToken)).GetNodePools();
        var spec = context.Pool("extra");
        await WaitAsync(pools.ApplyAsync(spec, cancellationToken), cancellationToken);
        spec = spec with
        {
            Count = 3,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["tier"] = "batch", ["example.com/team"] = "a" },
            Taints = [new NodeTaint("only", "batch", TaintEffect.NoExecute), new NodeTaint("soft", "", TaintEffect.PreferNoSchedule)],
        };
        await WaitAsync(pools.ApplyAsync(spec, cancellationToken), cancellationToken);
        var seen = Expect.NotNull(await pools.TryGetAsync("extra", cancellationToken), "pool");
        Expect.True(seen.Count is null or 3, $"3 nodes, not {seen.Count}");
        Expect.Equal("batch", seen.Labels.GetValueOrDefault("tier"), "label");
        Expect.True(spec.Taints.ToHashSet().SetEquals(seen.Taints), $"taints {string.Join(", ", seen.Taints)}");
        spec = spec with { Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["tier"] = "web" }, Taints = [] };
        await WaitAsync(pools.ApplyAsync(spec, cancellationToken), cancellationToken);
        seen = Expect.NotNull(await pools.TryGetAsync("extra", cancellationToken), "pool");
        Expect.Equal((1, "web", 0), (seen.Labels.Count, seen.Labels.GetValueOrDefault("tier"), seen.Taints.Count), "changed");
        if (seen.Count is not null)
        {
            Expect.Equal(ClusterOperationState.Succeeded, (await (await pools.ApplyAsync(spec, cancellationToken)).PollAsync(cancellationToken)).State, "again");
        }
    }

    private static async Task Autoscale(ClusterContext context, CancellationToken cancellationToken)
    {
        var pools = (await context.RunningAsync(cancellationToken)).GetNodePools();
        var spec = context.Pool("burst") with { Autoscale = new NodeRange(1, 5) };
        await WaitAsync(pools.ApplyAsync(spec, cancellationToken), cancellationToken);
        Expect.Equal(new NodeRange(1, 5), (await pools.TryGetAsync("burst", cancellationToken))?.Autoscale, "range");
        await WaitAsync(pools.ApplyAsync(spec with { Autoscale = new NodeRange(1, 3) }, cancellationToken), cancellationToken);
        Expect.Equal(new NodeRange(1, 3), (await pools.TryGetAsync("burst", cancellationToken))?.Autoscale, "other range");
        await WaitAsync(pools.ApplyAsync(spec with { Autoscale = null, Count = 3 }, cancellationToken), cancellationToken);
        var seen = Expect.NotNull(await pools.TryGetAsync("burst", cancellationToken), "pool");
        Expect.Equal(null, seen.Autoscale, "no range");
        Expect.True(seen.Count is null or 3, $"3 nodes, not {seen.Count}");
    }

    private static async Task Spot(ClusterContext context, CancellationToken cancellationToken)
    {
        var pools = (await context.RunningAsync(cancellationToken)).GetNodePools();
        var spec = context.Pool("cheap");
        await WaitAsync(pools.ApplyAsync(spec with { Need = spec.Need with { Markets = [Market.Spot] } }, cancellationToken), cancellationToken);
        Expect.Equal(Market.Spot, (await pools.TryGetAsync("cheap", cancellationToken))?.Market, "market");
        Expect.Equal(Market.OnDemand, (await pools.TryGetAsync("main", cancellationToken))?.Market, "market of the other");
    }

    private static async Task Fixed(ClusterContext context, CancellationToken cancellationToken)
    {
        var pools = (await context.RunningAsync(cancellationToken)).GetNodePools();
        var other = context.Pool("main") with { Need = new MachineNeed { InstanceType = context.Harness.OtherInstanceType } };
        var error = await Expect.ThrowsAsync<CloudException>(() => pools.ApplyAsync(other, cancellationToken));
        Expect.Equal((CloudErrorCode.Conflict, ClusterErrorReasons.PoolDiffers), (error.Code, error.Reason), "error");
    }

    private static async Task Disk(ClusterContext context, CancellationToken cancellationToken)
    {
        var pools = (await context.RunningAsync(cancellationToken)).GetNodePools();
        var spec = context.Pool("large") with { DiskGiB = 100 };
        await WaitAsync(pools.ApplyAsync(spec, cancellationToken), cancellationToken);
        Expect.Equal(100, (await pools.TryGetAsync("large", cancellationToken))?.DiskGiB, "size");
        var error = await Expect.ThrowsAsync<CloudException>(() => WaitAsync(pools.ApplyAsync(spec with { DiskGiB = 200 }, cancellationToken), cancellationToken));
        Expect.Equal((CloudErrorCode.Conflict, ClusterErrorReasons.PoolDiffers), (error.Code, error.Reason), "error");
        Expect.True(error.Message.Contains("100 GiB", StringComparison.Ordinal), $"'{error.Message}' names the size that it has");
        await WaitAsync(pools.ApplyAsync(spec with { DiskGiB = null }, cancellationToken), cancellationToken);
        Expect.Equal(100, (await pools.TryGetAsync("large", cancellationToken))?.DiskGiB, "size that stays");
    }

    private static async Task Delete(ClusterContext context, CancellationToken cancellationToken)
    {
        var pools = (await context.RunningAsync(cancellationToken)).GetNodePools();
        await WaitAsync(pools.ApplyAsync(context.Pool("extra"), cancellationToken), cancellationToken);
        await WaitAsync(pools.DeleteAsync("extra", cancellationToken), cancellationToken);
        Expect.Equal(null, await pools.TryGetAsync("extra", cancellationToken), "pool");
        Expect.Equal(ClusterOperationState.Succeeded, (await (await pools.DeleteAsync("extra", cancellationToken)).PollAsync(cancellationToken)).State, "again");
        Expect.NotNull(await pools.TryGetAsync("main", cancellationToken), "the other pool");
    }

    private static async Task ApplyWhileDeleting(ClusterContext context, CancellationToken cancellationToken)
    {
        var pools = (await context.RunningAsync(cancellationToken)).GetNodePools();
        await WaitAsync(pools.ApplyAsync(context.Pool("extra"), cancellationToken), cancellationToken);
        await pools.DeleteAsync("extra", cancellationToken);
        await WaitAsync(pools.ApplyAsync(context.Pool("extra") with { Count = 2 }, cancellationToken), cancellationToken);
        var seen = Expect.NotNull(await pools.TryGetAsync("extra", cancellationToken), "pool");
        Expect.True(seen.Phase == ClusterPhase.Running && seen.Count is null or 2, $"2 nodes that run, not {seen.Count}, {seen.Phase}");
    }

    private static async Task Queue(ClusterContext context, CancellationToken cancellationToken)
    {
        var pools = (await context.RunningAsync(cancellationToken)).GetNodePools();
        string[] names = ["one", "two", "three"];
        var operations = new List<IClusterOperation>();
        foreach (var name in names)
        {
            operations.Add(await pools.ApplyAsync(context.Pool(name), cancellationToken));
        }

        foreach (var status in await Task.WhenAll(operations.Select(operation => operation.WaitAsync(null, cancellationToken))))
        {
            Expect.Equal(ClusterOperationState.Succeeded, status.State, "state");
        }

        foreach (var name in names)
        {
            Expect.Equal(ClusterPhase.Running, (await pools.TryGetAsync(name, cancellationToken))?.Phase, name);
        }
    }

    private static async Task Missing(ClusterContext context, CancellationToken cancellationToken)
    {
        var cluster = await context.RunningAsync(cancellationToken);
        Expect.Equal(null, await cluster.GetNodePools().TryGetAsync("none", cancellationToken), "pool");
        var error = await Expect.ThrowsAsync<CloudException>(() => ClusterContext.PoolsAsync(context.Clusters.GetCluster(context.Harness.NewKey("none")), cancellationToken));
        Expect.Equal((CloudErrorCode.NotFound, ClusterErrorReasons.ClusterNotFound), (error.Code, error.Reason), "error");
    }

    private static async Task Resume(ClusterContext context, CancellationToken cancellationToken)
    {
        var cluster = await context.RunningAsync(cancellationToken);
        var token = (await cluster.GetNodePools().ApplyAsync(context.Pool("extra") with { Count = 2 }, cancellationToken)).Token;
        var status = await context.Harness.OpenAgain().Resume(token).WaitAsync(null, cancellationToken);
        Expect.Equal("extra", status.Pools.Single().Name, "pool");
        Expect.Equal(2, (await ClusterContext.PoolsAsync(cluster, cancellationToken)).Count, "pools");
    }

    private static async Task WaitAsync(Task<IClusterOperation> operation, CancellationToken cancellationToken) => await (await operation).WaitAsync(null, cancellationToken);
}
