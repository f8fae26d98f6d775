namespace SkyCompat.Clusters;

/// <summary>What cluster to make. The same on every cloud; where a provider cannot hold something, the creation fails before any request.</summary>
public sealed record ClusterSpec
{
    /// <summary>Names the intent: creating twice with one key gives the same cluster, also after a crash and in another process. One to 40 lower-case letters, digits and hyphens,
    /// starting with a letter and ending in a letter or digit. It stands in the cluster's tag <c>skycompat-key</c>.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The name at the provider, in the form of a key.</summary>
    /// <value>Default: <see cref="IdempotencyKey"/>.</value>
    public string? Name { get; init; }

    /// <summary>The version of Kubernetes: one that the cloud offers, or its beginning, such as <c>1.33</c>, for the newest of those; null for the provider's default.</summary>
    public string? Version { get; init; }

    /// <summary>The node pools to begin with, of distinct names; at least one where <see cref="ClusterCapabilities.NeedsPool"/>.</summary>
    public IReadOnlyList<NodePoolSpec> Pools { get; init; } = [];

    /// <summary>The provider's ids of the subnets to be in; empty for the default network.</summary>
    public IReadOnlyList<string> SubnetIds { get; init; } = [];
}
