using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Launches one instance. Its name decides over idempotency, and the id of the request lets a repetition get the same operation.</summary>
internal sealed class GceLauncher(GceClient client, GceInstances instances)
{
    // A request id answers with its first outcome for an hour or so. One that was spent on a failure is followed by another, also derived from the intent.
    private const int MaxSpentIds = 4;

    public async Task<LaunchReceipt> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        var zone = request.Offer.Location.Zone ?? throw new CloudException(CloudErrorCode.InvalidArgument, "Compute Engine launches in a zone; take an offer that names one.");
        var name = request.Names[0];
        var body = GceLaunchBody.Create(request, zone);
        string? spent = null;
        for (var attempt = 0; ; attempt++)
        {
            GceOperation operation;
            try
            {
                operation = await client.PostAsync(
                    $"zones/{zone}/instances?requestId={GceNames.RequestId(request.ClientToken, name, spent)}", body, GceJson.Default.GceInstance, GceSubject.NewInstance, cancellationToken).ConfigureAwait(false);
            }
            catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
            {
                return await AdoptAsync(request, zone, name, exception, cancellationToken).ConfigureAwait(false);
            }

            if (GceOperations.IsDone(operation) && GceErrors.OfOperation(operation, GceSubject.NewInstance) is { } error)
            {
                spent = attempt < MaxSpentIds ? operation.Name : throw error;
                continue;
            }

            return new LaunchReceipt([GceNames.Id(zone, name)], GceOperations.PathOf(operation));
        }
    }

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
