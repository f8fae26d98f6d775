namespace SkyCompat;

/// <summary>The settings of clusters on one cloud; <c>SkyCompat:Clouds:&lt;name&gt;:Clusters</c>.</summary>
public sealed class CloudClusterOptions
{
    /// <summary>How long to wait between two looks at something that changes; from 1 ms to 5 minutes.</summary>
    /// <value>Default: the provider's, 15 seconds at most of them.</value>
    public TimeSpan? PollInterval { get; set; }

    /// <summary>How long <c>WaitAsync</c> waits at most; from 1 second to 1 day.</summary>
    /// <value>Default: 45 minutes.</value>
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromMinutes(45);

    /// <summary>Checks the ranges.</summary>
    /// <param name="path">The configuration path, for messages.</param>
    /// <param name="errors">Takes what is wrong.</param>
    internal void Validate(string path, ICollection<string> errors)
    {
        if (PollInterval is { } interval && (interval < TimeSpan.FromMilliseconds(1) || interval > TimeSpan.FromMinutes(5)))
        {
            errors.Add($"{path}:{nameof(PollInterval)}: must be from 00:00:00.001 to 00:05:00, not {interval}.");
        }

        if (WaitTimeout < TimeSpan.FromSeconds(1) || WaitTimeout > TimeSpan.FromDays(1))
        {
            errors.Add($"{path}:{nameof(WaitTimeout)}: must be from 00:00:01 to 1.00:00:00, not {WaitTimeout}.");
        }
    }
}
