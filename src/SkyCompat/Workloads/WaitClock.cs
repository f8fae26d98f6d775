namespace SkyCompat.Workloads;

/// <summary>Paces the looks at something and gives up in time.</summary>
/// <param name="calls">Gives the clock of the host.</param>
/// <param name="options">How long to wait.</param>
/// <param name="what">What is waited for, for the message.</param>
internal sealed class WaitClock(WorkloadCalls calls, WaitOptions options, string what)
{
    private readonly long _started = calls.Time.GetTimestamp();

    public TimeSpan Elapsed => calls.Time.GetElapsedTime(_started);

    /// <summary>Waits until the next look.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="last">What the last look showed, for the message.</param>
    /// <exception cref="CloudException">Timeout.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken, string? last = null)
    {
        _ = Left(last);
        await Task.Delay(calls.PollInterval, calls.Time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for a change, for a while, or until the time is up.</summary>
    /// <param name="changed">The change.</param>
    /// <param name="atMost">The while; null for as long as there is time.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="last">What the last look showed, for the message.</param>
    /// <exception cref="CloudException">Timeout.</exception>
    public async Task WaitAsync(Task changed, TimeSpan? atMost, CancellationToken cancellationToken, string? last = null)
    {
        var left = Left(last);
        try
        {
            await changed.WaitAsync(atMost < left ? atMost.Value : left, calls.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The caller looks what that means.
        }
    }

    private TimeSpan Left(string? last)
    {
        var limit = options.Timeout ?? calls.WaitTimeout;
        return Elapsed < limit
            ? limit - Elapsed
            : throw new CloudException(
                CloudErrorCode.Timeout,
                $"{what} did not come about within {limit}{(last is null ? "" : $" ({last})")}. It may still: look again later, or wait longer (WaitOptions.Timeout, or Clusters:WaitTimeout of cloud '{calls.Cloud.Name}').")
            {
                IsTransient = false,
            };
    }
}
