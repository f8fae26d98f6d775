namespace SkyCompat.Clusters;

/// <summary>Lead to versions and to the end of clusters and pools.</summary>
internal static class ChangeGoals
{
    public static async Task<ClusterOperationStatus> UpgradeAsync(ClusterSteps steps, CancellationToken cancellationToken)
    {
        var check = await steps.CheckAsync(cancellationToken).ConfigureAwait(false);
        if (await steps.Directory.TryGetAsync(steps.Cluster, cancellationToken).ConfigureAwait(false) is not { } info)
        {
            return ClusterSteps.Failed(steps.NoCluster());
        }

        var target = steps.Intent.Target!;
        var verdict = Judge(steps, check, info.Phase, info.Version, target);
        return verdict switch
        {
            ClusterOperationState.Succeeded => ClusterSteps.Succeeded(info),
            ClusterOperationState.Failed => ClusterSteps.Failed(check.Error ?? steps.Lost(info), info),
            ClusterOperationState.Running => ClusterSteps.Running(info),
            _ when IsOccupied(info.Phase) => steps.Waiting(info),
            _ => await steps.TrySendAsync("UpgradeCluster", steps.Cluster, (driver, token) => driver.UpgradeAsync(steps.Cluster, target, steps.Intent.ClientToken, token), cancellationToken).ConfigureAwait(false) is { } busy
                ? steps.Waiting(info, why: busy)
                : ClusterSteps.Running(info),
        };
    }

    public static async Task<ClusterOperationStatus> UpgradePoolAsync(ClusterSteps steps, CancellationToken cancellationToken)
    {
        var check = await steps.CheckAsync(cancellationToken).ConfigureAwait(false);
        var name = steps.Intent.Pool!;
        if (await steps.Directory.TryGetPoolAsync(steps.Cluster, name, cancellationToken).ConfigureAwait(false) is not { } pool)
        {
            return ClusterSteps.Failed(steps.NoPool(name));
        }

        var target = steps.Intent.Target!;

        // A provider that tells no version of pools has only its operation to go by.
        var verdict = Judge(steps, check, pool.Phase, pool.Version ?? (steps.WasSent ? target : null), target);
        return verdict switch
        {
            ClusterOperationState.Succeeded => ClusterSteps.Succeeded(null, [pool]),
            ClusterOperationState.Failed => ClusterSteps.Failed(check.Error ?? steps.Lost(pool), null, [pool]),
            ClusterOperationState.Running => ClusterSteps.Running(null, [pool]),
            _ when IsOccupied(pool.Phase) => steps.Waiting(null, [pool]),
            _ => await steps.TrySendAsync("UpgradeNodePool", $"{steps.Cluster}/{name}", (driver, token) => driver.NodePools!.UpgradeAsync(steps.Cluster, name, target, steps.Intent.ClientToken, token), cancellationToken).ConfigureAwait(false) is { } busy
                ? steps.Waiting(null, [pool], busy)
                : ClusterSteps.Running(null, [pool]),
        };
    }

    public static async Task<ClusterOperationStatus> DeletePoolAsync(ClusterSteps steps, CancellationToken cancellationToken)
    {
        var check = await steps.CheckAsync(cancellationToken).ConfigureAwait(false);
        var name = steps.Intent.Pool!;
        if (await steps.Directory.TryGetPoolAsync(steps.Cluster, name, cancellationToken).ConfigureAwait(false) is not { } pool)
        {
            return ClusterSteps.Succeeded(null);
        }

        if (check.Error is not null || (steps.WasSent && pool.Phase == ClusterPhase.Failed))
        {
            return ClusterSteps.Failed(check.Error ?? steps.Lost(pool), null, [pool]);
        }

        if (steps.WasSent || pool.Phase == ClusterPhase.Deleting)
        {
            return ClusterSteps.Running(null, [pool]);
        }

        var busy = await steps.TrySendAsync("DeleteNodePool", $"{steps.Cluster}/{name}", (driver, token) => driver.NodePools!.DeleteAsync(steps.Cluster, name, token), cancellationToken).ConfigureAwait(false);
        return busy is null ? ClusterSteps.Running(null, [pool]) : steps.Waiting(null, [pool], busy);
    }

    public static async Task<ClusterOperationStatus> DeleteAsync(ClusterSteps steps, CancellationToken cancellationToken)
    {
        var check = await steps.CheckAsync(cancellationToken).ConfigureAwait(false);
        if (await steps.Directory.TryGetAsync(steps.Cluster, cancellationToken).ConfigureAwait(false) is not { } info)
        {
            return ClusterSteps.Succeeded(null);
        }

        if (check.Error is not null || (steps.WasSent && info.Phase == ClusterPhase.Failed))
        {
            return ClusterSteps.Failed(check.Error ?? steps.Lost(info), info);
        }

        if (steps.WasSent || info.Phase == ClusterPhase.Deleting)
        {
            return ClusterSteps.Running(info);
        }

        var capabilities = steps.Calls.Driver.Capabilities;
        if (!capabilities.DeletesPools && capabilities.Supports(ClusterFeatures.NodePools) && await DeletePoolsAsync(steps, info, cancellationToken).ConfigureAwait(false) is { } status)
        {
            return status;
        }

        var busy = await steps.TrySendAsync("DeleteCluster", steps.Cluster, (driver, token) => driver.DeleteAsync(steps.Cluster, token), cancellationToken).ConfigureAwait(false);
        return busy is null ? ClusterSteps.Running(info) : steps.Waiting(info, why: busy);
    }

    /// <summary>Deletes the pools of a cluster that may not have any when it is deleted.</summary>
    /// <returns>Null once there are none.</returns>
    private static async Task<ClusterOperationStatus?> DeletePoolsAsync(ClusterSteps steps, ClusterInfo info, CancellationToken cancellationToken)
    {
        var pools = new List<NodePoolInfo>();
        await foreach (var pool in steps.Directory.ListPoolsAsync(steps.Cluster, cancellationToken).ConfigureAwait(false))
        {
            pools.Add(pool);
        }

        CloudException? busy = null;
        foreach (var pool in pools.Where(pool => pool.Phase != ClusterPhase.Deleting))
        {
            if (!steps.Intent.Asked.Contains(pool.Name, StringComparer.Ordinal))
            {
                busy ??= await steps.TryAskAsync("DeleteNodePool", pool.Name, (driver, token) => driver.NodePools!.DeleteAsync(steps.Cluster, pool.Name, token), cancellationToken).ConfigureAwait(false);
            }
            else if (pool.Phase == ClusterPhase.Failed)
            {
                return ClusterSteps.Failed(steps.Lost(pool), info, pools);
            }
        }

        return pools.Count == 0 ? null : steps.Waiting(info, pools, busy);
    }

    /// <summary>How an upgrade stands; Queued if its request is still to be sent.</summary>
    private static ClusterOperationState Judge(ClusterSteps steps, Drivers.OperationCheck check, ClusterPhase phase, string? version, string target)
    {
        if (check.Error is not null || phase is ClusterPhase.Failed or ClusterPhase.Deleting)
        {
            return ClusterOperationState.Failed;
        }

        if (!check.IsDone)
        {
            return ClusterOperationState.Running;
        }

        var works = phase is ClusterPhase.Running or ClusterPhase.Degraded;
        return works && string.Equals(version, target, StringComparison.OrdinalIgnoreCase) ? ClusterOperationState.Succeeded
            : !steps.WasSent ? ClusterOperationState.Queued
            : works && steps.IsSettled ? ClusterOperationState.Failed
            : ClusterOperationState.Running;
    }

    private static bool IsOccupied(ClusterPhase phase) => phase is ClusterPhase.Requested or ClusterPhase.Creating or ClusterPhase.Updating;
}
