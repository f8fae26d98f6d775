using SkyCompat.Drivers;

namespace SkyCompat.Clusters;

/// <summary>Leads to a pool that is as asked: makes it, or changes what differs, one operation after the other until nothing does.</summary>
internal static class ApplyPoolGoal
{
    public static async Task<ClusterOperationStatus> LookAsync(ClusterSteps steps, CancellationToken cancellationToken)
    {
        var check = await steps.CheckAsync(cancellationToken).ConfigureAwait(false);
        var request = steps.Intent.PoolRequest!;
        var name = request.Spec.Name;
        if (await steps.Directory.TryGetPoolAsync(steps.Cluster, name, cancellationToken).ConfigureAwait(false) is not { } pool)
        {
            return check.Error is not null ? ClusterSteps.Failed(check.Error)
                : !steps.WasSent ? await CreateAsync(steps, request, cancellationToken).ConfigureAwait(false)
                : check.IsDone && steps.IsSettled ? ClusterSteps.Failed(steps.NothingCreated($"pool '{name}'"))
                : ClusterSteps.Running(null);
        }

        if (check.Error is not null || pool.Phase == ClusterPhase.Failed || (pool.Phase == ClusterPhase.Deleting && steps.WasSent))
        {
            return ClusterSteps.Failed(check.Error ?? steps.Lost(pool), null, [pool]);
        }

        if (pool.Phase == ClusterPhase.Deleting)
        {
            // Another of the name can be made once this one is gone.
            return steps.Waiting(null, [pool]);
        }

        if (PoolDifferences.FindFixed(request, pool) is { } differs)
        {
            return ClusterSteps.Failed(
                new CloudException(CloudErrorCode.Conflict, $"Pool '{name}' of cluster '{steps.Cluster}' has {differs}, which cannot be changed: make another pool.")
                {
                    Reason = ClusterErrorReasons.PoolDiffers,
                    Resource = $"{steps.Cluster}/{name}",
                },
                null,
                [pool]);
        }

        return !check.IsDone ? ClusterSteps.Running(null, [pool])
            : pool.Phase is ClusterPhase.Running or ClusterPhase.Degraded ? await ChangeAsync(steps, request, pool, cancellationToken).ConfigureAwait(false)
            : steps.Waiting(null, [pool]);
    }

    private static async Task<ClusterOperationStatus> CreateAsync(ClusterSteps steps, NodePoolRequest request, CancellationToken cancellationToken)
    {
        CloudException? busy;
        try
        {
            busy = await steps.TrySendAsync("CreateNodePool", $"{steps.Cluster}/{request.Spec.Name}", (driver, token) => driver.NodePools!.CreateAsync(steps.Cluster, request, token), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
        {
            // An earlier attempt made it; the next look shows it.
            steps.MarkSent(null);
            busy = null;
        }

        if (busy is null)
        {
            // Made with what is asked: nothing of it needs a change.
            steps.MarkChanging(nameof(request.Spec.Count));
        }

        return busy is null ? ClusterSteps.Running(null) : steps.Waiting(null, why: busy);
    }

    private static async Task<ClusterOperationStatus> ChangeAsync(ClusterSteps steps, NodePoolRequest request, NodePoolInfo pool, CancellationToken cancellationToken)
    {
        var differences = PoolDifferences.Find(request, pool, counted: steps.Intent.Changing == nameof(request.Spec.Count));
        if (differences.Length == 0)
        {
            return ClusterSteps.Succeeded(null, [pool]);
        }

        if (steps.Intent.Changing == differences && steps.WasSent)
        {
            // The change was taken and cannot be seen: soon it can, or never.
            return steps.IsSettled ? ClusterSteps.Failed(steps.Lost($"Pool '{pool.Name}', which keeps its {differences},", pool.Phase, pool.RawState, pool.Issues), null, [pool]) : ClusterSteps.Running(null, [pool]);
        }

        var busy = await steps.TrySendAsync(
            "UpdateNodePool", $"{steps.Cluster}/{pool.Name}", (driver, token) => driver.NodePools!.UpdateAsync(steps.Cluster, request, pool, token), cancellationToken).ConfigureAwait(false);
        if (busy is null)
        {
            steps.MarkChanging(differences);
        }

        return busy is null ? ClusterSteps.Running(null, [pool]) : steps.Waiting(null, [pool], busy);
    }
}
