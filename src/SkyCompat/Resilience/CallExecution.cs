using Polly;

namespace SkyCompat.Resilience;

/// <summary>A call as the retry pipeline sees it: one reference with a result of type object, so that the pipeline's own state machines stay small and are shared by all calls.</summary>
internal abstract class CallExecution
{
    /// <summary>Sends the request once.</summary>
    public abstract ValueTask<Outcome<object?>> AttemptAsync(CancellationToken cancellationToken);
}
