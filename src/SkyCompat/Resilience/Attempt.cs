namespace SkyCompat.Resilience;

/// <summary>One sending of a request, ended when it makes no progress for the idle timeout.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _caller;
    private readonly TimeSpan _idleTimeout;

    public Attempt(int number, TimeSpan idleTimeout, TimeProvider time, CancellationToken caller)
    {
        Number = number;
        _idleTimeout = idleTimeout;
        _source = new CancellationTokenSource(idleTimeout, time);
        _caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>From 1.</summary>
    public int Number { get; }

    /// <summary>Ended by the caller or by the idle timeout.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Starts the idle timeout anew: the attempt made progress.</summary>
    public void Touch()
    {
        try
        {
            _source.CancelAfter(_idleTimeout);
        }
        catch (ObjectDisposedException)
        {
            // A transport may still tell of bytes it took after the attempt was given up.
        }
    }

    public void Dispose()
    {
        _caller.Dispose();
        _source.Dispose();
    }
}
