namespace SkyCompat.Compute;

/// <summary>What a machine must have. Asked instead of an instance type, so that one application fits every cloud.</summary>
public sealed record MachineNeed
{
    /// <summary>The fewest virtual processors; from 1.</summary>
    /// <value>Default: 1.</value>
    public int MinVCpus { get; init; } = 1;

    /// <summary>The most virtual processors, at least <see cref="MinVCpus"/>; null for no limit.</summary>
    public int? MaxVCpus { get; init; }

    /// <summary>The least memory, in GiB; from 0.</summary>
    /// <value>Default: 0, any.</value>
    public double MinMemoryGiB { get; init; }

    /// <summary>The most memory, in GiB, at least <see cref="MinMemoryGiB"/>; null for no limit.</summary>
    public double? MaxMemoryGiB { get; init; }

    /// <summary>The graphics processors; null for none needed, and then types that have some are left out.</summary>
    public GpuNeed? Gpu { get; init; }

    /// <summary>The instruction set.</summary>
    /// <value>Default: x86-64.</value>
    public CpuArchitecture Architecture { get; init; }

    /// <summary>The markets that will do, the best liked first; not empty and without repetition.</summary>
    /// <value>Default: on demand only.</value>
    public IReadOnlyList<Market> Markets { get; init; } = [Market.OnDemand];

    /// <summary>One exact instance type of the provider, such as <c>m5.xlarge</c>; null for any. What uses it is not portable.</summary>
    public string? InstanceType { get; init; }

    /// <summary>Says why a shape does not do.</summary>
    /// <param name="shape">The shape.</param>
    /// <returns>The limit that rules it out; null if it does.</returns>
    public string? Refuses(MachineShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Architecture != Architecture ? nameof(Architecture)
            : shape.VCpus < MinVCpus ? nameof(MinVCpus)
            : shape.VCpus > MaxVCpus ? nameof(MaxVCpus)
            : shape.MemoryGiB < MinMemoryGiB ? nameof(MinMemoryGiB)
            : shape.MemoryGiB > MaxMemoryGiB ? nameof(MaxMemoryGiB)
            : Gpu is null ? (shape.Gpus > 0 ? nameof(Gpu) : null)
            : shape.Gpus < Gpu.Count || (Gpu.Model is { } model && shape.GpuModel?.Contains(model, StringComparison.OrdinalIgnoreCase) != true) ? nameof(Gpu)
            : null;
    }
}
