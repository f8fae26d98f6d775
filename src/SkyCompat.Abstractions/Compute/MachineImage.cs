namespace SkyCompat.Compute;

/// <summary>An image that instances start from.</summary>
/// <param name="Id">The provider's id.</param>
public sealed record MachineImage(string Id)
{
    /// <summary>The family it was found by; null if it was found by its id.</summary>
    public string? Family { get; init; }

    /// <summary>The provider's name of it; null if it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The instruction set.</summary>
    public CpuArchitecture Architecture { get; init; }

    /// <summary>When it was made, if the provider tells.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
