namespace SkyCompat.Simulation;

/// <summary>A region of a simulated cloud.</summary>
/// <param name="Name">Its name; those that start with <c>eu-</c>, <c>us-</c> or <c>cn-</c> are in that jurisdiction.</param>
/// <param name="Zones">Its zones.</param>
public sealed record SimulatedRegion(string Name, IReadOnlyList<SimulatedZone> Zones)
{
    /// <summary>How many virtual processors the account may have.</summary>
    /// <value>Default: no limit.</value>
    public int QuotaVCpus { get; init; } = int.MaxValue;
}
