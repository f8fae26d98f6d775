using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer;

/// <summary>What a worker of a transfer over a cluster needs to know.</summary>
public sealed record TransferWork
{
    /// <summary>The name of the logical bucket <c>source</c>, as the workers' settings have it.</summary>
    public const string SourceBucket = "source";

    /// <summary>The name of the logical bucket <c>destination</c>, as the workers' settings have it.</summary>
    public const string DestinationBucket = "destination";

    /// <summary>The first argument of a worker's program: <c>transfer-worker</c>; the second is <see cref="Id"/>.</summary>
    public const string Command = "transfer-worker";

    /// <summary>The transfer's id.</summary>
    public required string Id { get; init; }

    /// <summary>The bucket of the source.</summary>
    public required IBucket Source { get; init; }

    /// <summary>The bucket of the destination, which has the journal.</summary>
    public required IBucket Destination { get; init; }

    /// <summary>What the worker is called, such as the name of its pod: up to 100 letters, digits, hyphens and dots. Need not be its alone.</summary>
    /// <value>Default: <c>worker</c>.</value>
    public string Worker { get; init; } = "worker";
}
