using SkyCompat.Compute;

namespace SkyCompat.Azure;

/// <summary>A size that is sold in a region.</summary>
/// <param name="Name">Its name, such as <c>Standard_D4s_v5</c>.</param>
/// <param name="Family">The family that shares a quota, without stray spaces.</param>
/// <param name="Shape">What it has.</param>
internal sealed record MachineSize(string Name, string? Family, MachineShape Shape)
{
    /// <summary>Whether it is sold without naming a zone.</summary>
    public bool IsRegional { get; init; }

    /// <summary>The zones that have it and are open to the subscription.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Whether it is sold in the spot market.</summary>
    public bool HasSpot { get; init; }

    /// <summary>Whether it can hibernate.</summary>
    public bool CanHibernate { get; init; }
}
