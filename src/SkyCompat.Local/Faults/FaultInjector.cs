namespace SkyCompat.Local;

/// <summary>Lets a call meet the faults of a plan.</summary>
internal sealed class FaultInjector(FaultPlan plan, TimeProvider time)
{
    public TimeProvider Time => time;

    /// <summary>Makes a call, or not.</summary>
    /// <param name="operation">Its kind.</param>
    /// <param name="writes">Whether a lost reply leaves the outcome open.</param>
    /// <param name="call">Makes it.</param>
    /// <param name="cancellationToken">Stops a delay.</param>
    /// <param name="damage">Given the rules about bodies, changes the result.</param>
    public async Task<T> RunAsync<T>(FaultOperations operation, bool writes, Func<Task<T>> call, CancellationToken cancellationToken, Func<T, List<FaultRule>, T>? damage = null)
    {
        var faults = plan.Next(operation);
        foreach (var fault in faults.Where(fault => fault.Kind == FaultKind.Latency))
        {
            await Task.Delay(fault.Delay, time, cancellationToken).ConfigureAwait(false);
        }

        foreach (var fault in faults)
        {
            switch (fault.Kind)
            {
                case FaultKind.Status:
                    throw Refusal(fault);
                case FaultKind.ResetBeforeSend:
                    throw Reset(mayHaveTakenEffect: false);
                case FaultKind.ResetAfterSend:
                    await LoseReplyAsync(call).ConfigureAwait(false);
                    throw Reset(writes);
                default:
                    continue;
            }
        }

        var result = await call().ConfigureAwait(false);
        return damage is null || faults.Count == 0 ? result : damage(result, faults);
    }

    public Task RunAsync(FaultOperations operation, bool writes, Func<Task> call, CancellationToken cancellationToken) => RunAsync(
        operation,
        writes,
        async () =>
        {
            await call().ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>The error of a connection that broke.</summary>
    public static CloudException Reset(bool mayHaveTakenEffect) =>
        new(CloudErrorCode.Unavailable, "The connection was reset (injected fault).", new IOException("Connection reset by peer.")) { MayHaveTakenEffect = mayHaveTakenEffect };

    private static async Task LoseReplyAsync<T>(Func<Task<T>> call)
    {
        try
        {
            if (await call().ConfigureAwait(false) is IAsyncDisposable result)
            {
                await result.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (CloudException)
        {
            // A refusal is a reply too, and it is lost like any other.
        }
    }

    private static CloudException Refusal(FaultRule fault)
    {
        var code = fault.StatusCode switch
        {
            429 => CloudErrorCode.Throttled,
            401 => CloudErrorCode.Unauthenticated,
            403 => CloudErrorCode.PermissionDenied,
            >= 500 => CloudErrorCode.Unavailable,
            _ => CloudErrorCode.InvalidArgument,
        };
        return new CloudException(code, "The provider refused (injected fault).") { StatusCode = fault.StatusCode, RetryAfter = fault.RetryAfter };
    }
}
