namespace SkyCompat.Http;

/// <summary>The time as the store sees it: this machine's, corrected by what a refusal taught.</summary>
internal sealed class ServerClock(TimeProvider time)
{
    /// <summary>Stores allow 15 minutes; a difference below this is not why a request was refused.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(4);

    private long _offsetTicks;

    public DateTimeOffset Now => time.GetUtcNow() + new TimeSpan(Volatile.Read(ref _offsetTicks));

    /// <summary>Takes the store's time from a reply that refused a request for its time.</summary>
    /// <param name="serverTime">The Date header.</param>
    /// <returns>True if the clock moved, so that the request may now be signed anew.</returns>
    public bool Learn(DateTimeOffset serverTime)
    {
        if ((serverTime - Now).Duration() < Tolerance)
        {
            return false;
        }

        Volatile.Write(ref _offsetTicks, (serverTime - time.GetUtcNow()).Ticks);
        return true;
    }
}
