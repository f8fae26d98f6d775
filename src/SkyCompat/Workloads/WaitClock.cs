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
        var limit = options.Timeout ?? calls.WaitTimeout;
        if (Elapsed >= limit)
        {
            throw new CloudException(
                CloudErrorCode.Timeout,
                $"{what} did not come about within {limit}{(last is null ? "" : $" ({last})")}. It may still: look again later, or wait longer (WaitOptions.Timeout, or Clusters:WaitTimeout of cloud '{calls.Cloud.Name}').")
            {
                IsTransient = false,
            };
        }

        await Task.Delay(calls.PollInterval, calls.Time, cancellationToken).ConfigureAwait(false);
    }
}
