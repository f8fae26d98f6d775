namespace SkyCompat.Clusters;

/// <summary>An operation: each look judges what the provider shows by the goal, and sends what is next.</summary>
internal sealed class ClusterOperation(ClusterCalls calls, ClusterDirectory directory, ClusterIntent intent) : IClusterOperation
{
    private readonly Lock _lock = new();
    private readonly ClusterSteps _steps = new(calls, directory, intent);
    private Task _last = Task.CompletedTask;

    public string Token => _steps.Intent.ToToken();

    private string Resource => _steps.Intent.Pool is { } pool ? $"{_steps.Cluster}/{pool}" : _steps.Cluster;

    public Task<ClusterOperationStatus> PollAsync(CancellationToken cancellationToken = default) => calls.TraceAsync("PollClusterOperation", Resource, LookAsync, cancellationToken);

    public Task<ClusterOperationStatus> WaitAsync(IProgress<ClusterOperationStatus>? progress = null, CancellationToken cancellationToken = default) =>
        calls.TraceAsync($"Wait{_steps.Intent.Goal}", Resource, token => WaitUntracedAsync(progress, token), cancellationToken);

    /// <summary>Takes the first look, whose failure is the caller's: what it asked for did not begin.</summary>
    public async Task<IClusterOperation> BeginAsync(CancellationToken cancellationToken)
    {
        var status = await LookAsync(cancellationToken).ConfigureAwait(false);
        return status is { State: ClusterOperationState.Failed, Error: { } error } ? throw error : this;
    }

    private async Task<ClusterOperationStatus> WaitUntracedAsync(IProgress<ClusterOperationStatus>? progress, CancellationToken cancellationToken)
    {
        var status = await calls.UntilAsync(
            $"The goal '{_steps.Intent.Goal}' of {Resource}",
            async token =>
            {
                var looked = await LookAsync(token).ConfigureAwait(false);
                progress?.Report(looked);
                return (looked.State is ClusterOperationState.Succeeded or ClusterOperationState.Failed, looked);
            },
            cancellationToken).ConfigureAwait(false);
        return status.State == ClusterOperationState.Failed ? throw status.Error! : status;
    }

    /// <summary>Looks, one caller after the other: two at once would send what is next twice.</summary>
    private Task<ClusterOperationStatus> LookAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var look = LookAfterAsync(_last, cancellationToken);
            _last = look;
            return look;
        }
    }

    private async Task<ClusterOperationStatus> LookAfterAsync(Task previous, CancellationToken cancellationToken)
    {
        // What became of it is its caller's to know.
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await (_steps.Intent.Goal switch
        {
            ClusterGoal.Create => CreateGoal.LookAsync(_steps, cancellationToken),
            ClusterGoal.Upgrade => ChangeGoals.UpgradeAsync(_steps, cancellationToken),
            ClusterGoal.Delete => ChangeGoals.DeleteAsync(_steps, cancellationToken),
            ClusterGoal.ApplyPool => ApplyPoolGoal.LookAsync(_steps, cancellationToken),
            ClusterGoal.UpgradePool => ChangeGoals.UpgradePoolAsync(_steps, cancellationToken),
            _ => ChangeGoals.DeletePoolAsync(_steps, cancellationToken),
        }).ConfigureAwait(false);
    }
}
