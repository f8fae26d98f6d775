using System.Threading.RateLimiting;

namespace SkyCompat.Transfer.Running;

/// <summary>Holds reading to so many bytes per second, over all objects.</summary>
internal sealed class BandwidthLimiter : IDisposable
{
    private const int PeriodsToMakeUp = 5;
    private static readonly TimeSpan UsualPeriod = TimeSpan.FromMilliseconds(50);

    private readonly TokenBucketRateLimiter _tokens;
    private readonly int _burst;

    public BandwidthLimiter(long bytesPerSecond)
    {
        (_burst, var period) = StepOf(bytesPerSecond);
        _tokens = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            // A late timer must not cost throughput, so some periods can be made up for.
            TokenLimit = (int)Math.Min((long)_burst * PeriodsToMakeUp, int.MaxValue),
            TokensPerPeriod = _burst,
            ReplenishmentPeriod = period,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            AutoReplenishment = true,
        });
    }

    /// <summary>How many bytes are let through at a time, and how often: whole bytes, about twenty times a second, less often where that would be less than one.</summary>
    public static (int Bytes, TimeSpan Period) StepOf(long bytesPerSecond)
    {
        var bytes = (int)Math.Clamp(bytesPerSecond * UsualPeriod.TotalSeconds, 1, int.MaxValue);
        return (bytes, TimeSpan.FromSeconds(bytes / (double)bytesPerSecond));
    }

    /// <summary>Waits until so many bytes may have been read.</summary>
    public async ValueTask WaitAsync(int bytes, CancellationToken cancellationToken)
    {
        while (bytes > 0)
        {
            var take = Math.Min(bytes, _burst);
            using var lease = await _tokens.AcquireAsync(take, cancellationToken).ConfigureAwait(false);
            bytes -= take;
        }
    }

    public void Dispose() => _tokens.Dispose();
}
