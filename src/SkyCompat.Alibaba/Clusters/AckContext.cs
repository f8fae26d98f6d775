using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>What all parts of a cloud's clusters share.</summary>
internal sealed class AckContext
{
    public required Uri Endpoint { get; init; }

    public required string Region { get; init; }

    public required S3CredentialSource Credentials { get; init; }

    public required ServerClock Clock { get; init; }

    public required HttpMessageInvoker Http { get; init; }

    /// <summary>ECS and VPC, which have the networks that clusters are in.</summary>
    public required EcsContext Machines { get; init; }

    public required string PodRange { get; init; }

    public required string ServiceRange { get; init; }
}
