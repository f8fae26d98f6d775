namespace SkyCompat.Workloads;

/// <summary>How something is applied.</summary>
public sealed record ApplyOptions
{
    /// <summary>Takes over fields that another manager set, such as replicas that somebody changed by hand.</summary>
    /// <value>Default: false: that is a conflict.</value>
    public bool Force { get; init; }

    /// <summary>Asks the cluster what would be, and changes nothing.</summary>
    public bool DryRun { get; init; }
}
