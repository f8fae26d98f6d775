using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Operations: what Compute Engine makes of every change, where its failures are told.</summary>
internal sealed class GceOperations(GceClient client)
{
    private const string Done = "DONE";

    /// <summary>Where an operation is below the project; the handle that callers keep.</summary>
    public static string PathOf(GceOperation operation) => (operation.Zone, operation.Region) switch
    {
        ({ } zone, _) => $"zones/{GceNames.Last(zone)}/operations/{operation.Name}",
        (_, { } region) => $"regions/{GceNames.Last(region)}/operations/{operation.Name}",
        _ => $"global/operations/{operation.Name}",
    };

    public static bool IsDone(GceOperation operation) => operation.Status == Done;

    /// <summary>Looks at an operation of an instance.</summary>
    public async Task<OperationCheck> CheckAsync(string handle, CancellationToken cancellationToken)
    {
        // What the service has forgotten ended long ago; what cannot be a handle never was one.
        if (!handle.Split('/').All(GceNames.IsName) || await client.TryGetAsync(handle, GceJson.Default.GceOperation, GceSubject.Other, cancellationToken).ConfigureAwait(false) is not { } operation)
        {
            return OperationCheck.Done;
        }

        if (!IsDone(operation))
        {
            return OperationCheck.Pending;
        }

        var error = GceErrors.OfOperation(operation, operation.OperationType == "insert" ? GceSubject.NewInstance : GceSubject.Instance);
        return error is null || (operation.OperationType == "delete" && error.Code == CloudErrorCode.NotFound) ? OperationCheck.Done : new OperationCheck(IsDone: true, error);
    }

    /// <summary>Lets the service hold one request until an operation is done, which it does for two minutes at most, and raises its error.</summary>
    /// <returns>Whether it is done.</returns>
    public async Task<bool> FinishAsync(GceOperation operation, CancellationToken cancellationToken)
    {
        if (!IsDone(operation))
        {
            operation = await client.PostAsync($"{PathOf(operation)}/wait", GceSubject.Other, cancellationToken).ConfigureAwait(false);
        }

        return GceErrors.OfOperation(operation, GceSubject.Other) is { } error ? throw error : IsDone(operation);
    }

    /// <summary>As the other, where what comes next needs the result; sent again by the engine, it finds what was made so far.</summary>
    public async Task DemandAsync(GceOperation operation, CancellationToken cancellationToken)
    {
        if (!await FinishAsync(operation, cancellationToken).ConfigureAwait(false))
        {
            throw new CloudException(CloudErrorCode.Unavailable, "Compute Engine takes long to make what was asked; it is looked for again.") { MayHaveTakenEffect = true, RequestId = operation.Name };
        }
    }
}
