using SkyCompat.S3;

namespace SkyCompat.Aws;

/// <summary>What all requests of a cloud to EKS share.</summary>
internal sealed class EksContext
{
    public required string Region { get; init; }

    /// <summary>Where EKS answers.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The host of STS that tokens name.</summary>
    public required string StsHost { get; init; }

    public required S3CredentialSource Credentials { get; init; }

    public required ServerClock Clock { get; init; }

    public required HttpMessageInvoker Http { get; init; }

    /// <summary>The role of control planes; null if none is configured.</summary>
    public required string? ClusterRole { get; init; }

    /// <summary>The role of nodes; null if none is configured.</summary>
    public required string? NodeRole { get; init; }

    /// <summary>Finds the subnets of clusters that name none.</summary>
    public required Func<CancellationToken, Task<IReadOnlyList<string>>> DefaultSubnets { get; init; }
}
