using SkyCompat.Clusters;
using SkyCompat.Compute;

namespace SkyCompat.Drivers;

/// <summary>A node pool to make or change, with all that the engine resolved.</summary>
public sealed record NodePoolRequest
{
    /// <summary>How it shall be.</summary>
    public required NodePoolSpec Spec { get; init; }

    /// <summary>The instance type.</summary>
    public required string InstanceType { get; init; }

    /// <summary>The market.</summary>
    public Market Market { get; init; }

    /// <summary>Names the request for the provider: 32 hexadecimal digits that are the same for a repetition.</summary>
    public required string ClientToken { get; init; }

    /// <summary>The tags to give.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The subnets; empty for those of the cluster.</summary>
    public IReadOnlyList<string> SubnetIds { get; init; } = [];
}
