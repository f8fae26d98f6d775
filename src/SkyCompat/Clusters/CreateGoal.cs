using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Clusters;

/// <summary>Leads to a new cluster whose pools run, so that creating twice with one key is creating once, whatever happened in between.</summary>
internal static class CreateGoal
{
    public static async Task<ClusterOperationStatus> LookAsync(ClusterSteps steps, CancellationToken cancellationToken)
    {
        var request = steps.Intent.Request!;
        var check = await steps.CheckAsync(cancellationToken).ConfigureAwait(false);
        var info = await steps.Directory.TryGetAsync(steps.Cluster, cancellationToken).ConfigureAwait(false);
        if (!steps.WasSent)
        {
            return info is null ? await SendAsync(steps, request, cancellationToken).ConfigureAwait(false) : await AdoptAsync(steps, request, info, cancellationToken).ConfigureAwait(false);
        }

        if (check.Error is not null)
        {
            return ClusterSteps.Failed(check.Error, info);
        }

        if (info is null)
        {
            return check.IsDone && steps.IsSettled ? ClusterSteps.Failed(steps.NothingCreated($"cluster '{steps.Cluster}'")) : ClusterSteps.Running(null);
        }

        return info.Phase switch
        {
            ClusterPhase.Failed or ClusterPhase.Deleting or ClusterPhase.Stopped => ClusterSteps.Failed(await ExplainAsync(steps, info, cancellationToken).ConfigureAwait(false), info),
            ClusterPhase.Running or ClusterPhase.Degraded when check.IsDone => await LookAtPoolsAsync(steps, request, info, cancellationToken).ConfigureAwait(false),
            _ => ClusterSteps.Running(info),
        };
    }

    private static async Task<ClusterOperationStatus> SendAsync(ClusterSteps steps, ClusterRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var busy = await steps.TrySendAsync("CreateCluster", steps.Cluster, (driver, token) => driver.CreateAsync(request, token), cancellationToken).ConfigureAwait(false);
            return busy is null ? ClusterSteps.Running(null) : steps.Waiting(null, why: busy);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists || exception.MayHaveTakenEffect)
        {
            // It was there already, or came to be although its reply was lost.
            if (await steps.Directory.TryGetAsync(steps.Cluster, cancellationToken).ConfigureAwait(false) is not { } info)
            {
                throw;
            }

            return await AdoptAsync(steps, request, info, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<ClusterOperationStatus> AdoptAsync(ClusterSteps steps, ClusterRequest request, ClusterInfo info, CancellationToken cancellationToken)
    {
        if (!steps.Directory.IsOwn(info) || !info.Tags.Has(ComputeTags.Key, request.Tags[ComputeTags.Key]))
        {
            return ClusterSteps.Failed(
                new CloudException(CloudErrorCode.AlreadyExists, $"There is a cluster '{info.Name}' that was not made with key '{request.Tags[ComputeTags.Key]}': choose another name.")
                {
                    Reason = ClusterErrorReasons.NameTaken,
                    Resource = info.Name,
                },
                info);
        }

        if (info.Phase == ClusterPhase.Deleting)
        {
            // Its name is free once it is gone.
            return steps.Waiting(info);
        }

        if (!info.Tags.Has(ComputeTags.Spec, request.Tags[ComputeTags.Spec]))
        {
            return ClusterSteps.Failed(
                new CloudException(CloudErrorCode.Conflict, $"The key '{request.Tags[ComputeTags.Key]}' belongs to cluster '{info.Name}' with other parameters. Choose another key, or create with the same parameters.")
                {
                    Reason = ClusterErrorReasons.KeyReused,
                    Resource = info.Name,
                },
                info);
        }

        steps.MarkSent(null);
        return await LookAsync(steps, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ClusterOperationStatus> LookAtPoolsAsync(ClusterSteps steps, ClusterRequest request, ClusterInfo info, CancellationToken cancellationToken)
    {
        var seen = new List<NodePoolInfo>();
        CloudException? busy = null;
        var pending = false;
        foreach (var wanted in request.Pools)
        {
            var pool = await steps.Directory.TryGetPoolAsync(steps.Cluster, wanted.Spec.Name, cancellationToken).ConfigureAwait(false);
            if (pool is null)
            {
                pending = true;
                if (!steps.Intent.Asked.Contains(wanted.Spec.Name, StringComparer.Ordinal) && (!steps.Calls.Driver.Capabilities.CreatesPools || steps.IsSettled))
                {
                    busy ??= await AskAsync(steps, wanted, cancellationToken).ConfigureAwait(false);
                }

                continue;
            }

            seen.Add(pool);
            if (pool.Phase is ClusterPhase.Failed or ClusterPhase.Deleting || IsShort(pool))
            {
                return ClusterSteps.Failed(steps.Lost(pool), info, seen);
            }

            pending |= pool.Phase is not (ClusterPhase.Running or ClusterPhase.Degraded);
        }

        return pending ? ClusterSteps.Running(info, seen) : ClusterSteps.Succeeded(info, seen);
    }

    private static async Task<CloudException?> AskAsync(ClusterSteps steps, NodePoolRequest wanted, CancellationToken cancellationToken)
    {
        try
        {
            return await steps.TryAskAsync("CreateNodePool", wanted.Spec.Name, (driver, token) => driver.NodePools!.CreateAsync(steps.Cluster, wanted, token), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
        {
            // Asked for before the process was lost, and not yet shown.
            return null;
        }
    }

    /// <summary>Whether nodes are missing for a reason that time alone does not mend.</summary>
    private static bool IsShort(NodePoolInfo pool) => pool.Phase == ClusterPhase.Degraded && pool.Issues.Any(issue => issue.Reason is CloudErrorCode.CapacityShortage or CloudErrorCode.QuotaExceeded);

    /// <summary>The failure may have come between the look at the operation and that at the cluster: the operation's reason says more.</summary>
    private static async Task<CloudException> ExplainAsync(ClusterSteps steps, ClusterInfo info, CancellationToken cancellationToken) =>
        (await steps.CheckAsync(cancellationToken).ConfigureAwait(false)).Error ?? steps.Lost(info);
}
