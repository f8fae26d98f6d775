namespace SkyCompat;

/// <summary>How a cloud's requests are retried. There is one retry layer, this one; the vendors' SDKs have theirs off.</summary>
/// <remarks>Only transient errors are retried, with exponential delays and jitter; a provider's Retry-After is honoured. Writes are retried too: their bodies are replayable, and a reply
/// that was lost is resolved by looking at what is stored.</remarks>
public sealed class ResilienceOptions
{
    /// <summary>How often a request is sent at most, the first time included; from 1 (no retries) to 100.</summary>
    /// <value>Default: 6.</value>
    public int MaxAttempts { get; set; } = 6;

    /// <summary>The delay before the first retry, doubled each time; from 1 ms to 1 minute.</summary>
    /// <value>Default: 100 ms.</value>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest delay between attempts, a provider's Retry-After included; from <see cref="BaseDelay"/> to 1 hour.</summary>
    /// <value>Default: 20 seconds.</value>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an attempt may make no progress: no reply, or no byte of a body sent or received; from 100 ms to 1 hour. There is no total timeout: a transfer that progresses goes on.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The share of attempts in <see cref="BreakerWindow"/> that must fail as Unavailable or Timeout for the circuit to open, over 0 to 1; above 1 switches the breaker off.</summary>
    /// <value>Default: 0.9.</value>
    public double BreakerFailureRatio { get; set; } = 0.9;

    /// <summary>How many attempts the window must have before the circuit can open; from 2.</summary>
    /// <value>Default: 50.</value>
    public int BreakerMinimumAttempts { get; set; } = 50;

    /// <summary>Over which time attempts are counted; from 500 ms to 1 hour.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan BreakerWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the circuit stays open, failing requests at once, before one is let through to try; from 500 ms to 1 hour.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan BreakerDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Checks the ranges.</summary>
    /// <param name="path">The configuration path, for messages.</param>
    /// <param name="errors">Takes what is wrong.</param>
    internal void Validate(string path, ICollection<string> errors)
    {
        if (MaxAttempts is < 1 or > 100)
        {
            errors.Add($"{path}:{nameof(MaxAttempts)}: must be from 1 to 100, not {MaxAttempts}.");
        }

        CheckTime(nameof(BaseDelay), BaseDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        CheckTime(nameof(MaxDelay), MaxDelay, BaseDelay, TimeSpan.FromHours(1));
        CheckTime(nameof(IdleTimeout), IdleTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        CheckTime(nameof(BreakerWindow), BreakerWindow, TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1));
        CheckTime(nameof(BreakerDuration), BreakerDuration, TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1));
        if (!(BreakerFailureRatio > 0))
        {
            errors.Add($"{path}:{nameof(BreakerFailureRatio)}: must be over 0, not {BreakerFailureRatio}.");
        }

        if (BreakerMinimumAttempts < 2)
        {
            errors.Add($"{path}:{nameof(BreakerMinimumAttempts)}: must be at least 2, not {BreakerMinimumAttempts}.");
        }

        void CheckTime(string name, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                errors.Add($"{path}:{name}: must be from {least} to {most}, not {value}.");
            }
        }
    }
}
