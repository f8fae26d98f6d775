using SkyCompat.Compute;

namespace SkyCompat.Google;

/// <summary>Starts, stops, hibernates, restarts and deletes instances.</summary>
internal sealed class GceActions(GceClient client, GceInstances instances)
{
    /// <summary>Asks for an action.</summary>
    /// <returns>The operation; null if there is nothing to do.</returns>
    public async Task<string?> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken)
    {
        if (!GceNames.TryParse(id, out var zone, out var name))
        {
            return action == InstanceAction.Terminate ? null : throw Missing();
        }

        var path = $"zones/{zone}/instances/{name}";
        if (action == InstanceAction.Terminate)
        {
            // By its name alone, and without a request id: asking twice finds it gone, and clean-up should need as little as can be.
            return await client.TryDeleteAsync(path, GceSubject.Instance, cancellationToken).ConfigureAwait(false) is { } deletion ? GceOperations.PathOf(deletion) : null;
        }

        var instance = await instances.TryReadAsync(zone, name, cancellationToken).ConfigureAwait(false) ?? throw Missing();
        if (VerbOf(action, instance.Status) is not { } verb)
        {
            return null;
        }

        // The last changes of state are part of the intent: stopping again after a start is another stop. A restart leaves no trace by which a second wish for one could be told from a repetition.
        var query = action == InstanceAction.Reboot ? "" : $"?requestId={GceNames.RequestId(instance.Id, verb, instance.LastStartTimestamp, instance.LastStopTimestamp, instance.LastSuspendedTimestamp)}";
        var operation = await client.PostAsync($"{path}/{verb}{query}", GceSubject.Instance, cancellationToken).ConfigureAwait(false);
        return GceOperations.PathOf(operation);
    }

    /// <summary>What to ask for; null if it is as wanted, or on its way there, which an earlier attempt may have brought about.</summary>
    private static string? VerbOf(InstanceAction action, string? status) => (action, GceStates.PhaseOf(status)) switch
    {
        (InstanceAction.Start, InstancePhase.Provisioning or InstancePhase.Booting or InstancePhase.Running) => null,
        (InstanceAction.Start, InstancePhase.Hibernated) => "resume",
        (InstanceAction.Start, InstancePhase.Stopping or InstancePhase.Hibernating or InstancePhase.Deleting) => throw Wrong(action, status),
        (InstanceAction.Start, _) => "start",
        (InstanceAction.Stop, InstancePhase.Stopping or InstancePhase.Stopped) => null,
        (InstanceAction.Stop, _) => "stop",
        (InstanceAction.Hibernate, InstancePhase.Hibernating or InstancePhase.Hibernated) => null,
        (InstanceAction.Hibernate, InstancePhase.Running or InstancePhase.Unknown) => "suspend",
        (InstanceAction.Reboot, InstancePhase.Running or InstancePhase.Unknown or InstancePhase.Repairing) => "reset",
        (InstanceAction.Hibernate or InstanceAction.Reboot, _) => throw Wrong(action, status),
        _ => throw new NotSupportedException($"The capabilities say that there is no {action}."),
    };

    private static CloudException Wrong(InstanceAction action, string? status) =>
        new(CloudErrorCode.Conflict, $"An instance in state {status} does not take {action}: wait until it has settled, or start it first.") { Reason = ComputeErrorReasons.WrongState };

    private static CloudException Missing() => new(CloudErrorCode.NotFound, "The instance does not exist.") { Reason = ComputeErrorReasons.InstanceNotFound };
}
