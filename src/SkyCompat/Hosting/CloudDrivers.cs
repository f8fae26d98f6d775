using SkyCompat.Drivers;

namespace SkyCompat.Hosting;

/// <summary>The drivers of one cloud. A provider fills those it has.</summary>
public sealed record CloudDrivers
{
    /// <summary>Object storage; null if the provider has none.</summary>
    public StorageDriver? Storage { get; init; }

    /// <summary>Compute; null if the provider has none.</summary>
    public ComputeDriver? Compute { get; init; }

    /// <summary>Kubernetes clusters; null if the provider has none.</summary>
    public ClusterDriver? Clusters { get; init; }
}
