using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Launches one instance. Its name decides over idempotency, and the id of the request lets a repetition get the same operation.</summary>
internal sealed class GceLauncher(GceClient client, GceInstances instances)
{
    public async Task<LaunchReceipt> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        var zone = request.Offer.Location.Zone ?? throw new CloudException(CloudErrorCode.InvalidArgument, "Compute Engine launches in a zone; take an offer that names one.");
        var name = request.Names[0];
        var body = GceLaunchBody.Create(request, zone);
        try
        {
            var operation = await InsertAsync(zone, body, $"?requestId={GceNames.RequestId(request.ClientToken, name)}", cancellationToken).ConfigureAwait(false);

            // A request id answers with its first outcome for an hour or so. Where that failed, or its instance is gone, it is spent, and the name alone keeps the launch from happening twice.
            if (GceOperations.IsDone(operation) && await IsSpentAsync(operation, zone, name, cancellationToken).ConfigureAwait(false))
            {
                operation = await InsertAsync(zone, body, "", cancellationToken).ConfigureAwait(false);
            }

            return GceOperations.IsDone(operation) && GceErrors.OfOperation(operation, GceSubject.NewInstance) is { } error
                ? throw error
                : new LaunchReceipt([GceNames.Id(zone, name)], GceOperations.PathOf(operation));
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
        {
            return await AdoptAsync(request, zone, name, exception, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<GceOperation> InsertAsync(string zone, GceInstance body, string query, CancellationToken cancellationToken) =>
        client.PostAsync($"zones/{zone}/instances{query}", body, GceJson.Default.GceInstance, GceSubject.NewInstance, cancellationToken);

    private async Task<bool> IsSpentAsync(GceOperation operation, string zone, string name, CancellationToken cancellationToken) =>
        operation.Error is not null || (await instances.TryReadAsync(zone, name, cancellationToken).ConfigureAwait(false))?.Id != operation.TargetId;

    /// <summary>Takes what has the name, if an earlier attempt of this launch made it.</summary>
    private async Task<LaunchReceipt> AdoptAsync(LaunchRequest request, string zone, string name, CloudException refusal, CancellationToken cancellationToken)
    {
        var found = await instances.TryReadAsync(zone, name, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            throw new CloudException(CloudErrorCode.Conflict, $"An instance '{name}' was there and is gone now; launch again.", refusal) { IsTransient = true };
        }

        if (found.Labels?.GetValueOrDefault(ComputeTags.Key) != request.Tags.GetValueOrDefault(ComputeTags.Key) || found.Labels?.GetValueOrDefault(ComputeTags.Owner) != request.Tags.GetValueOrDefault(ComputeTags.Owner))
        {
            throw refusal;
        }

        if ((await instances.MapAsync(found, zone, cancellationToken).ConfigureAwait(false)).Phase == InstancePhase.Deleting)
        {
            throw new CloudException(CloudErrorCode.Conflict, $"The instance '{name}' of an earlier launch is still being deleted; launch again when it is gone.", refusal) { IsTransient = true };
        }

        return new LaunchReceipt([GceNames.Id(zone, name)]);
    }
}
