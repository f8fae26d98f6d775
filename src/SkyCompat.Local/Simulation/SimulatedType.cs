using SkyCompat.Compute;

namespace SkyCompat.Simulation;

/// <summary>An instance type that every simulated zone sells.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Family">Its family.</param>
/// <param name="Shape">What it has.</param>
/// <param name="OnDemandUsd">The price of an hour on demand, before the zone's factor.</param>
/// <param name="SpotUsd">The price of an hour in the spot market, before the zone's factor.</param>
public sealed record SimulatedType(string Name, string Family, MachineShape Shape, decimal OnDemandUsd, decimal SpotUsd);
