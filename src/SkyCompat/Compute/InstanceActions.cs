namespace SkyCompat.Compute;

/// <summary>Asks for actions so that asking twice is asking once.</summary>
internal sealed class InstanceActions(ComputeCalls calls, InstanceDirectory directory, ClientTokens tokens)
{
    public async Task<OperationState> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken)
    {
        var goal = GoalOf(action);
        string? handle = null;
        if (action == InstanceAction.Terminate)
        {
            tokens.Deleted(id);
        }

        try
        {
            handle = await calls.SendAsync($"{action}Instance", id, (driver, token) => driver.ActAsync(id, action, token), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.NotFound && action == InstanceAction.Terminate)
        {
            // What is gone needs no deleting.
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.Conflict, Reason: ComputeErrorReasons.WrongState } && action != InstanceAction.Reboot)
        {
            if (await directory.TryGetAsync(id, cancellationToken).ConfigureAwait(false) is not { } instance || !GoalRules.IsReached(goal, instance))
            {
                throw;
            }
        }

        return new OperationState(1, calls.Cloud.Name, goal, [id], handle is null ? [] : [handle], calls.Time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>Terminates instances and waits until they are gone.</summary>
    /// <exception cref="CloudException">Conflict (CleanupIncomplete): some are not.</exception>
    public async Task RemoveAsync(IReadOnlyList<string> ids, CloudException cause, CancellationToken cancellationToken)
    {
        var left = new List<string>();
        Exception? why = null;
        foreach (var id in ids)
        {
            try
            {
                await new ComputeOperation(calls, directory, this, await ActAsync(id, InstanceAction.Terminate, cancellationToken).ConfigureAwait(false)).WaitAsync(null, cancellationToken).ConfigureAwait(false);
            }
            catch (CloudException exception)
            {
                left.Add(id);
                why ??= exception;
            }
        }

        if (left.Count > 0)
        {
            throw new CloudException(
                CloudErrorCode.Conflict,
                $"The launch failed ({cause.Message}), and what it left could not be removed and may be billed: {string.Join(", ", left)}. Terminate it, or sweep. The clean-up failed with: {why!.Message}",
                why)
            {
                Reason = ComputeErrorReasons.CleanupIncomplete,
                IsTransient = false,
                Provider = calls.Cloud.Provider,
            };
        }
    }

    private static OperationGoal GoalOf(InstanceAction action) => action switch
    {
        InstanceAction.Start => OperationGoal.Start,
        InstanceAction.Stop => OperationGoal.Stop,
        InstanceAction.StopKeepAllocated => OperationGoal.StopKeepAllocated,
        InstanceAction.Hibernate => OperationGoal.Hibernate,
        InstanceAction.Reboot => OperationGoal.Reboot,
        InstanceAction.Terminate => OperationGoal.Terminate,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "There is no such action."),
    };
}
