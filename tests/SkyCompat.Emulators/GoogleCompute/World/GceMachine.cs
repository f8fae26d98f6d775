namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>An instance type.</summary>
internal sealed record GceMachine(string Name, int Cpus, int MemoryMb)
{
    public string? Architecture { get; init; } = "X86_64";

    public (string Type, int Count)? Gpu { get; init; }

    public bool IsDeprecated { get; init; }

    /// <summary>The only zone that has it; null if all have.</summary>
    public string? OnlyIn { get; init; }
}
