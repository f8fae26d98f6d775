namespace SkyCompat.Workloads;

/// <summary>One address for all replicas of a workload, on each of its ports.</summary>
public sealed record WorkloadService
{
    /// <summary>Who can reach it.</summary>
    /// <value>Default: <see cref="ServiceReach.Cluster"/>.</value>
    public ServiceReach Reach { get; init; }

    /// <summary>The port of the address for the workload's first port; null for the same.</summary>
    public int? Port { get; init; }
}
