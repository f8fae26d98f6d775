using System.Runtime.CompilerServices;
using Polly;

namespace SkyCompat.Resilience;

/// <summary>A call of a driver with what it needs and what it returns.</summary>
#pragma warning disable MA0048 // The generic twin of CallExecution; the file name says so.
internal sealed class CallExecution<TState, TResult>(CloudCalls calls, CallState call, TState state, Func<TState, Attempt, Task<TResult>> send) : CallExecution
#pragma warning restore MA0048
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<Outcome<object?>> AttemptAsync(CancellationToken cancellationToken)
    {
        using var attempt = calls.NewAttempt(call, cancellationToken);
        try
        {
            return Outcome.FromResult<object?>(await send(state, attempt).ConfigureAwait(false));
        }
        catch (OperationCanceledException exception)
        {
            // The caller's own token, as the attempt's means nothing to it.
            return Outcome.FromException<object?>(cancellationToken.IsCancellationRequested
                ? new OperationCanceledException(exception.Message, exception, cancellationToken)
                : calls.TimedOut(call, exception));
        }
        catch (CloudException exception)
        {
            return Outcome.FromException<object?>(calls.Failed(call, exception));
        }
    }
}
