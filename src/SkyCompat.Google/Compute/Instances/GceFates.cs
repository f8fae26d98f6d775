namespace SkyCompat.Google;

/// <summary>Asks operations what states do not tell: STOPPING and TERMINATED stand for stopping, preemption and deletion alike.</summary>
internal sealed class GceFates(GceClient client)
{
    /// <summary>Looks for the last operation that decides over the life of an instance.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="name">The instance's name.</param>
    /// <param name="number">The number of the instance of that name which is there; null if there is none.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task<GceFate> FindAsync(string zone, string name, string? number, CancellationToken cancellationToken)
    {
        // The host in the address differs between networks, so that only its end can be compared.
        var filter = Uri.EscapeDataString($"targetLink eq \".*/zones/{zone}/instances/{name}\"");
        var page = await client.TryGetAsync(
            $"zones/{zone}/operations?maxResults=20&orderBy={Uri.EscapeDataString("creationTimestamp desc")}&filter={filter}", GceJson.Default.OperationList, GceSubject.Place, cancellationToken).ConfigureAwait(false);
        foreach (var operation in page?.Items ?? [])
        {
            // An earlier instance had the name too; and what failed changed nothing of one that is still there.
            if (number is not null && ((operation.TargetId is { } target && target != number) || operation.Error is not null))
            {
                continue;
            }

            switch (operation.OperationType)
            {
                case "delete":
                    return GceFate.Deleted;
                case "compute.instances.preempted":
                    return GceFate.Preempted;
                case "insert" or "bulkInsert" or "start" or "stop" or "suspend" or "resume" or "compute.instances.guestTerminate":
                    return GceFate.None;
            }
        }

        return GceFate.None;
    }
}
