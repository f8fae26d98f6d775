namespace SkyCompat.Compute;

/// <summary>Which offers are wanted of a cloud.</summary>
/// <param name="Need">What a machine must have.</param>
public sealed record OfferQuery(MachineNeed Need)
{
    /// <summary>The regions to look in; empty for the cloud's own.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The zones to look in; empty for all.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];
}
