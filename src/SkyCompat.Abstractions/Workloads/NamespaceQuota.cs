namespace SkyCompat.Workloads;

/// <summary>What all workloads of a namespace may take together; null is no limit.</summary>
public sealed record NamespaceQuota
{
    /// <summary>The reserved processors, in cores.</summary>
    public double? Cpu { get; init; }

    /// <summary>The reserved memory, in bytes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The pods that have not ended.</summary>
    public int? Pods { get; init; }
}
