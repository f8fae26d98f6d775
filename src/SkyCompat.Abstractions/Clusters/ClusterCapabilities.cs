namespace SkyCompat.Clusters;

/// <summary>What clusters of a cloud can do and within which limits. Data, proven by the conformance suite; a provider's limits come from its documents.</summary>
public sealed record ClusterCapabilities
{
    /// <summary>What it can do.</summary>
    public required ClusterFeatures Features { get; init; }

    /// <summary>The longest name of a node pool, in characters.</summary>
    public int MaxPoolNameLength { get; init; } = 12;

    /// <summary>How many nodes a pool has at most.</summary>
    public int MaxPoolNodes { get; init; } = 450;

    /// <summary>Whether a cluster has to be made with a pool of at least one node.</summary>
    public bool NeedsPool { get; init; }

    /// <summary>Whether the provider makes the first pools along with the cluster; the engine makes them afterwards otherwise.</summary>
    public bool CreatesPools { get; init; }

    /// <summary>Whether the provider deletes pools along with the cluster; the engine deletes them before otherwise.</summary>
    public bool DeletesPools { get; init; }

    /// <summary>Whether clusters have a feature, or all of several.</summary>
    /// <param name="features">One or more features.</param>
    /// <returns>True if they have them all.</returns>
    public bool Supports(ClusterFeatures features) => (Features & features) == features;
}
