using SkyCompat.Drivers;

namespace SkyCompat.Compute;

/// <summary>An operation: what the provider shows of its instances, judged by its goal.</summary>
internal sealed class ComputeOperation(ComputeCalls calls, InstanceDirectory directory, InstanceActions actions, OperationState state) : IComputeOperation
{
    public string Token { get; } = state.ToToken();

    private string Resource => state.Key ?? state.Ids[0];

    private bool Settled => calls.Time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(state.StartedAt) > calls.Driver.VisibilityGrace;

    public Task<ComputeOperationStatus> PollAsync(CancellationToken cancellationToken = default) => calls.TraceAsync("PollOperation", Resource, LookAsync, cancellationToken);

    public Task<IReadOnlyList<Instance>> WaitAsync(IProgress<ComputeOperationStatus>? progress = null, CancellationToken cancellationToken = default) =>
        calls.TraceAsync($"Wait{state.Goal}", Resource, token => WaitUntracedAsync(progress, token), cancellationToken);

    private async Task<IReadOnlyList<Instance>> WaitUntracedAsync(IProgress<ComputeOperationStatus>? progress, CancellationToken cancellationToken)
    {
        var status = await calls.UntilAsync(
            $"The goal '{state.Goal}' of {string.Join(", ", state.Ids)}",
            async token =>
            {
                var looked = await LookAsync(token).ConfigureAwait(false);
                progress?.Report(looked);
                return (looked.State != ComputeOperationState.Running, looked);
            },
            cancellationToken).ConfigureAwait(false);
        if (state.Goal == OperationGoal.Launch)
        {
            await RemoveLostAsync(status, cancellationToken).ConfigureAwait(false);
        }

        return status.Error is null ? [.. status.Instances.Where(instance => state.Goal != OperationGoal.Launch || instance.Phase == InstancePhase.Running)] : throw status.Error;
    }

    /// <summary>A launch that failed keeps nothing, one that has enough keeps no dead ones. What once ran is not touched: it may hold data.</summary>
    private async Task RemoveLostAsync(ComputeOperationStatus status, CancellationToken cancellationToken)
    {
        var failed = status.State == ComputeOperationState.Failed;
        if (failed && status.Instances.Any(OnceRan))
        {
            return;
        }

        var lost = status.Instances.Where(instance => instance.Phase == InstancePhase.Failed || (failed && instance.Phase is not InstancePhase.Gone)).Select(instance => instance.Id).ToList();
        if (lost.Count > 0)
        {
            await actions.RemoveAsync(lost, status.Error ?? new CloudException(CloudErrorCode.Unavailable, "Some instances did not start."), cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool OnceRan(Instance instance) =>
        instance.Preempted || instance.Phase is InstancePhase.Stopping or InstancePhase.Stopped or InstancePhase.Hibernating or InstancePhase.Hibernated;

    private async Task<ComputeOperationStatus> LookAsync(CancellationToken cancellationToken)
    {
        var checks = await CheckAllAsync(cancellationToken).ConfigureAwait(false);
        var seen = await directory.GetAsync(state, cancellationToken).ConfigureAwait(false);
        var instances = new List<Instance>();
        var verdicts = new List<GoalVerdict>();
        CloudException? error = null;
        for (var i = 0; i < state.Ids.Count; i++)
        {
            var isOwn = checks.Count == state.Ids.Count;
            var check = isOwn ? checks[i] : checks.FirstOrDefault(item => item.Error is not null) ?? checks.FirstOrDefault(item => !item.IsDone);
            var instance = seen[i] ?? Unseen(state.Ids[i], check);

            // The error of several together says that some failed: those that are shown are judged by what they show.
            var verdict = check?.Error is not null && (isOwn ? seen[i]?.Phase != InstancePhase.Running : seen[i] is null) ? GoalVerdict.Lost
                : GoalRules.Judge(state.Goal, instance, Settled) is var judged && judged == GoalVerdict.Reached && check is { IsDone: false } && state.Goal != OperationGoal.Launch ? GoalVerdict.Pending
                : judged;
            if (verdict == GoalVerdict.Lost)
            {
                // The failure may have come between the look at the operation and that at the instance: the provider's reason is worth another look.
                error ??= check?.Error ?? (check is { IsDone: false } ? (await CheckAllAsync(cancellationToken).ConfigureAwait(false)).Find(item => item.Error is not null)?.Error : null) ?? Explain(instance);
            }

            instances.Add(instance);
            verdicts.Add(verdict);
        }

        var pending = verdicts.Count(verdict => verdict == GoalVerdict.Pending);
        var reached = verdicts.Count(verdict => verdict == GoalVerdict.Reached);
        var least = state.Goal == OperationGoal.Launch ? state.MinCount : state.Ids.Count;
        return pending + reached < least ? new ComputeOperationStatus(ComputeOperationState.Failed, instances, error)
            : pending > 0 ? new ComputeOperationStatus(ComputeOperationState.Running, instances)
            : new ComputeOperationStatus(ComputeOperationState.Succeeded, instances);
    }

    private async Task<List<OperationCheck>> CheckAllAsync(CancellationToken cancellationToken)
    {
        var checks = new List<OperationCheck>();
        foreach (var handle in state.Handles)
        {
            checks.Add(handle.Length == 0 ? OperationCheck.Done : await calls.SendAsync("CheckOperation", Resource, (driver, token) => driver.CheckAsync(handle, token), cancellationToken).ConfigureAwait(false));
        }

        return checks;
    }

    /// <summary>What is not seen is not there yet after a launch, and gone otherwise.</summary>
    private Instance Unseen(string id, OperationCheck? check)
    {
        var coming = state.Goal == OperationGoal.Launch && (check is { IsDone: false } || !Settled);
        return directory.Stamp(new Instance { Id = id, Phase = coming ? InstancePhase.Requested : InstancePhase.Gone, RawState = "" });
    }

    private CloudException Explain(Instance instance)
    {
        var reason = instance.StateReason is { Length: > 0 } told ? $" The provider says: {told}" : "";
        return instance.Preempted
            ? new CloudException(CloudErrorCode.CapacityShortage, $"Instance '{instance.Id}' was taken back by the provider.{reason} Launch again with another key.")
            {
                Reason = ComputeErrorReasons.Preempted,
                IsTransient = false,
                Scope = ErrorScope.Offer,
                Resource = instance.Id,
            }
            : instance.Phase == InstancePhase.Gone && state.Goal == OperationGoal.Launch && instance.RawState.Length == 0
            ? new CloudException(CloudErrorCode.NotFound, $"The launch '{state.Key}' left no instance '{instance.Id}'. Launch again with the same key.") { Reason = ComputeErrorReasons.NothingLaunched, Resource = instance.Id }
            : new CloudException(CloudErrorCode.Unavailable, $"Instance '{instance.Id}' is {instance.Phase} ({instance.RawState}) and will not come to the goal '{state.Goal}'.{reason}")
            {
                Reason = ComputeErrorReasons.TerminalState,
                IsTransient = false,
                Scope = ErrorScope.Offer,
                Resource = instance.Id,
            };
    }
}
