using SkyCompat.Compute;

namespace SkyCompat.Clusters;

/// <summary>A node pool as it was when it was looked at.</summary>
public sealed record NodePoolInfo
{
    /// <summary>The name within the cluster.</summary>
    public required string Name { get; init; }

    /// <summary>The cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>The phase.</summary>
    public required ClusterPhase Phase { get; init; }

    /// <summary>The state as the provider spells it.</summary>
    public required string RawState { get; init; }

    /// <summary>The version of Kubernetes of the nodes, as the provider spells it; null if it does not tell.</summary>
    public string? Version { get; init; }

    /// <summary>The provider's name of the instance type; null if it does not tell.</summary>
    public string? InstanceType { get; init; }

    /// <summary>The market.</summary>
    public Market Market { get; init; }

    /// <summary>How many nodes the pool is to have, in all zones together; null if the provider does not tell.</summary>
    public int? Count { get; init; }

    /// <summary>Between which numbers it scales by itself; null for a fixed number.</summary>
    public NodeRange? Autoscale { get; init; }

    /// <summary>The size of each node's boot disk, in GiB; null if the provider does not tell.</summary>
    public int? DiskGiB { get; init; }

    /// <summary>The labels that were asked for; those that the provider adds are left out.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The taints that were asked for; those that the provider adds are left out.</summary>
    public IReadOnlyList<NodeTaint> Taints { get; init; } = [];

    /// <summary>What the provider says is wrong.</summary>
    public IReadOnlyList<ClusterIssue> Issues { get; init; } = [];

    /// <summary>When it was looked at; filled by the engine.</summary>
    public DateTimeOffset ObservedAt { get; init; }
}
