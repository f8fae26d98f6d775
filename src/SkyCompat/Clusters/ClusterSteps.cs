using SkyCompat.Drivers;

namespace SkyCompat.Clusters;

/// <summary>What operations on clusters and pools have in common: the state that their token keeps, the look at the provider's operation, and requests that may have to queue.</summary>
internal sealed class ClusterSteps(ClusterCalls calls, ClusterDirectory directory, ClusterIntent intent)
{
    private static readonly IReadOnlyList<NodePoolInfo> NoPools = [];

    public ClusterCalls Calls => calls;

    public ClusterDirectory Directory => directory;

    public ClusterIntent Intent { get; private set; } = intent;

    public string Cluster => Intent.Cluster;

    public bool WasSent => Intent.SentAt is not null;

    /// <summary>Whether the provider had time enough to show what was asked.</summary>
    public bool IsSettled => Intent.SentAt is { } sent && calls.Time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(sent) > calls.Driver.VisibilityGrace;

    /// <summary>Looks at the provider's operation of the last request; done if it has none.</summary>
    public Task<OperationCheck> CheckAsync(CancellationToken cancellationToken) => Intent.Handle is { } handle
        ? calls.SendAsync("CheckOperation", Cluster, (driver, token) => driver.CheckAsync(Cluster, handle, token), cancellationToken)
        : Task.FromResult(OperationCheck.Done);

    /// <summary>Sends a request for the goal.</summary>
    /// <returns>Null if it was taken; the error if another operation has to end first.</returns>
    public async Task<CloudException?> TrySendAsync(string operation, string resource, Func<ClusterDriver, CancellationToken, Task<string?>> send, CancellationToken cancellationToken)
    {
        try
        {
            var handle = await calls.SendAsync(operation, resource, send, cancellationToken).ConfigureAwait(false);
            MarkSent(handle);
            return null;
        }
        catch (CloudException exception) when (IsBusy(exception))
        {
            return exception;
        }
    }

    /// <summary>As the other form, for requests on the way to the goal, such as deleting a pool before its cluster: the goal's own request is still to come.</summary>
    public async Task<CloudException?> TryAskAsync(string operation, string pool, Func<ClusterDriver, CancellationToken, Task<string?>> send, CancellationToken cancellationToken)
    {
        try
        {
            await calls.SendAsync(operation, $"{Cluster}/{pool}", send, cancellationToken).ConfigureAwait(false);
            Intent = Intent with { Asked = [.. Intent.Asked, pool] };
            return null;
        }
        catch (CloudException exception) when (IsBusy(exception))
        {
            return exception;
        }
    }

    /// <summary>Whether something has to end first: another operation, or the making of a network that the cluster is to be in.</summary>
    private static bool IsBusy(CloudException exception) => exception.Code == CloudErrorCode.Conflict && (exception.Reason == ClusterErrorReasons.ClusterBusy || exception.IsTransient);

    public void MarkSent(string? handle) => Intent = Intent with { SentAt = calls.Time.GetUtcNow().ToUnixTimeMilliseconds(), Handle = handle };

    public void MarkChanging(string what) => Intent = Intent with { Changing = what };

    public static ClusterOperationStatus Running(ClusterInfo? info, IReadOnlyList<NodePoolInfo>? pools = null) => new(ClusterOperationState.Running, info, pools ?? NoPools);

    public static ClusterOperationStatus Succeeded(ClusterInfo? info, IReadOnlyList<NodePoolInfo>? pools = null) => new(ClusterOperationState.Succeeded, info, pools ?? NoPools);

    public static ClusterOperationStatus Failed(CloudException error, ClusterInfo? info = null, IReadOnlyList<NodePoolInfo>? pools = null) => new(ClusterOperationState.Failed, info, pools ?? NoPools, error);

    /// <summary>Waits for its turn, or goes on if a first request was taken already.</summary>
    public ClusterOperationStatus Waiting(ClusterInfo? info, IReadOnlyList<NodePoolInfo>? pools = null, CloudException? why = null) =>
        new(WasSent || Intent.Asked.Count > 0 ? ClusterOperationState.Running : ClusterOperationState.Queued, info, pools ?? NoPools, why);

    /// <summary>The error of a state that the goal cannot be reached from, with what the provider says of it.</summary>
    public CloudException Lost(string what, ClusterPhase phase, string rawState, IReadOnlyList<ClusterIssue> issues)
    {
        var cause = issues.FirstOrDefault(issue => issue.Reason != CloudErrorCode.Unknown);
        var told = issues.Count > 0 ? $" The provider says: {string.Join("; ", issues)}" : "";
        return new CloudException(cause?.Reason ?? CloudErrorCode.Unavailable, $"{what} is {phase} ({rawState}) and will not come to the goal '{Intent.Goal}'. Delete it and try again.{told}")
        {
            Reason = ClusterErrorReasons.TerminalState,
            ProviderCode = cause?.Code,
            Scope = cause?.Reason is CloudErrorCode.CapacityShortage or CloudErrorCode.QuotaExceeded ? ErrorScope.Offer : ErrorScope.Request,
            IsTransient = false,
            Resource = what,
        };
    }

    public CloudException Lost(ClusterInfo info) => Lost($"Cluster '{info.Name}'", info.Phase, info.RawState, info.Issues);

    public CloudException Lost(NodePoolInfo pool) => Lost($"Pool '{pool.Name}' of cluster '{pool.Cluster}'", pool.Phase, pool.RawState, pool.Issues);

    public CloudException NothingCreated(string what) =>
        new(CloudErrorCode.NotFound, $"The creation of {what} left nothing. Create it again, with the same key.") { Reason = ClusterErrorReasons.NothingCreated, Resource = Cluster };

    public CloudException NoCluster() => new(CloudErrorCode.NotFound, $"There is no cluster '{Cluster}'.") { Reason = ClusterErrorReasons.ClusterNotFound, Resource = Cluster };

    public CloudException NoPool(string name) =>
        new(CloudErrorCode.NotFound, $"Cluster '{Cluster}' has no node pool '{name}'.") { Reason = ClusterErrorReasons.PoolNotFound, Resource = $"{Cluster}/{name}" };
}
