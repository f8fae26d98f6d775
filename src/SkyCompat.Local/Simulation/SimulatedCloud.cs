namespace SkyCompat.Simulation;

/// <summary>A simulated cloud.</summary>
/// <param name="Name">Its configured name.</param>
/// <param name="Regions">Its regions; the first is its own.</param>
public sealed record SimulatedCloud(string Name, IReadOnlyList<SimulatedRegion> Regions)
{
    /// <summary>Whether launches are refused for bad credentials; offers are public and can be listed.</summary>
    public bool RejectsCredentials { get; init; }

    /// <summary>Whether quotas can be asked for before a launch.</summary>
    /// <value>Default: true.</value>
    public bool ProbesQuota { get; init; } = true;

    /// <summary>How long a launch takes, whether it succeeds or fails.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan LaunchLatency { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a probe takes.</summary>
    /// <value>Default: 1 second.</value>
    public TimeSpan ProbeLatency { get; init; } = TimeSpan.FromSeconds(1);
}
