namespace SkyCompat.Clusters;

/// <summary>A cluster as it was when it was looked at.</summary>
public sealed record ClusterInfo
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The provider's own id or address of the cluster.</summary>
    public required string Id { get; init; }

    /// <summary>The configured cloud; filled by the engine.</summary>
    public string Cloud { get; init; } = "";

    /// <summary>The region, and the zone of a cluster that is in one only.</summary>
    public CloudLocation Location { get; init; }

    /// <summary>The phase.</summary>
    public required ClusterPhase Phase { get; init; }

    /// <summary>The state as the provider spells it.</summary>
    public required string RawState { get; init; }

    /// <summary>The version of Kubernetes that the API server runs, as the provider spells it; null while there is none.</summary>
    public string? Version { get; init; }

    /// <summary>The address of the API server; null while there is none.</summary>
    public Uri? Server { get; init; }

    /// <summary>What the provider says is wrong.</summary>
    public IReadOnlyList<ClusterIssue> Issues { get; init; } = [];

    /// <summary>All tags, the engine's (<c>skycompat-</c>) included.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>When it was made, if the provider tells.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was looked at; filled by the engine.</summary>
    public DateTimeOffset ObservedAt { get; init; }
}
