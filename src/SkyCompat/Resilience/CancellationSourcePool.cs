using System.Collections.Concurrent;

namespace SkyCompat.Resilience;

/// <summary>Cancellation sources used again, with their timers and registrations: most reads end without one being cancelled.</summary>
internal sealed class CancellationSourcePool(TimeProvider time)
{
    private const int MaxIdle = 256;

    private readonly ConcurrentQueue<CancellationTokenSource> _idle = new();

    /// <summary>A source that is not cancelled and whose clock does not run.</summary>
    public CancellationTokenSource Rent() => _idle.TryDequeue(out var source) ? source : new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);

    /// <summary>Takes a source back. Nobody may hold its token, or start its clock, any more.</summary>
    public void Return(CancellationTokenSource source)
    {
        if (_idle.Count < MaxIdle && source.TryReset())
        {
            _idle.Enqueue(source);
        }
        else
        {
            source.Dispose();
        }
    }
}
