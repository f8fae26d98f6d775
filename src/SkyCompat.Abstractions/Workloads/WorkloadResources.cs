namespace SkyCompat.Workloads;

/// <summary>Processor time and memory of one replica.</summary>
public sealed record WorkloadResources
{
    /// <summary>The processors that are reserved, in cores: 0.001 to 1,000; null for none.</summary>
    public double? Cpu { get; init; }

    /// <summary>The processors that may be used, in cores; at least <see cref="Cpu"/>; null for all that are free.</summary>
    public double? MaxCpu { get; init; }

    /// <summary>The memory that is reserved, in bytes; from 1 MiB; null for none.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The memory that may be used, in bytes, at least <see cref="MemoryBytes"/>: a replica that takes more is ended. Null for all that is free.</summary>
    public long? MaxMemoryBytes { get; init; }

    /// <summary>The graphics processors, 1 to 64; null for none.</summary>
    public int? Gpus { get; init; }
}
