namespace SkyCompat.Workloads;

/// <summary>A volume of a container: scratch space that ends with the replica, or a disk that stays (<see cref="ClaimBytes"/>), or an existing claim.</summary>
/// <param name="Name">Its name, as a workload's.</param>
/// <param name="Path">Where the container sees it; an absolute path.</param>
public sealed record WorkloadVolume(string Name, string Path)
{
    /// <summary>The size of a disk that is claimed for it and stays when the workload is deleted, in bytes. A stateful set has one for each replica; other kinds share one. Null for scratch space.</summary>
    public long? ClaimBytes { get; init; }

    /// <summary>The storage class of the disk; null for the cluster's default.</summary>
    public string? StorageClass { get; init; }

    /// <summary>An existing claim; excludes <see cref="ClaimBytes"/>.</summary>
    public string? ExistingClaim { get; init; }

    /// <summary>Whether scratch space is memory.</summary>
    public bool InMemory { get; init; }

    /// <summary>Whether the container may not write to it.</summary>
    public bool ReadOnly { get; init; }
}
