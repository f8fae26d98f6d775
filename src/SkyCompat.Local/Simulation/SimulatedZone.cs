namespace SkyCompat.Simulation;

/// <summary>A zone of a simulated region.</summary>
/// <param name="Name">Its name.</param>
public sealed record SimulatedZone(string Name)
{
    /// <summary>How many virtual processors can be sold; what is launched takes from it.</summary>
    /// <value>Default: no limit.</value>
    public int StockVCpus { get; init; } = int.MaxValue;

    /// <summary>What prices are multiplied by.</summary>
    /// <value>Default: 1.</value>
    public decimal PriceFactor { get; init; } = 1;

    /// <summary>How often a spot instance is taken back, for each hour that it runs; from 0.</summary>
    /// <value>Default: 0, never.</value>
    public double PreemptionsPerHour { get; init; }
}
