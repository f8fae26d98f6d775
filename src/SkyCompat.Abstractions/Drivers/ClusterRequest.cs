namespace SkyCompat.Drivers;

/// <summary>A cluster to make, with all that the engine resolved.</summary>
public sealed record ClusterRequest
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The version, one of those on offer; null for the provider's default.</summary>
    public string? Version { get; init; }

    /// <summary>The first pools.</summary>
    public IReadOnlyList<NodePoolRequest> Pools { get; init; } = [];

    /// <summary>The subnets; empty for the default network.</summary>
    public IReadOnlyList<string> SubnetIds { get; init; } = [];

    /// <summary>Names the request for the provider: 32 hexadecimal digits that are the same for a repetition.</summary>
    public required string ClientToken { get; init; }

    /// <summary>The tags to give, <see cref="Compute.ComputeTags.Owner"/>, <see cref="Compute.ComputeTags.Key"/> and <see cref="Compute.ComputeTags.Spec"/>; lower-case letters, digits and hyphens only.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}
