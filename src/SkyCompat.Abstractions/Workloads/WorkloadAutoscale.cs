namespace SkyCompat.Workloads;

/// <summary>Lets a cluster choose the number of replicas by their use of processor time; needs <see cref="WorkloadResources.Cpu"/> and a cluster with metrics.</summary>
/// <param name="Min">The least number, from 1.</param>
/// <param name="Max">The greatest number, at least <paramref name="Min"/>.</param>
public sealed record WorkloadAutoscale(int Min, int Max)
{
    /// <summary>The use of the reserved processor time to aim for, in per cent; 1 to 1,000.</summary>
    /// <value>Default: 80.</value>
    public int CpuPercent { get; init; } = 80;

    /// <summary>The use of the reserved memory to aim for, in per cent; null to look at processor time alone. Needs a cluster with <c>autoscaling/v2</c>, or its beta.</summary>
    public int? MemoryPercent { get; init; }
}
