namespace SkyCompat.Transfer;

/// <summary>One object of a comparison.</summary>
public sealed record TransferDifference
{
    /// <summary>The object's name, relative to both sides.</summary>
    public required string Name { get; init; }

    /// <summary>How the sides differ.</summary>
    public required TransferDifferenceKind Kind { get; init; }

    /// <summary>The size at the source in bytes; null if it is not there.</summary>
    public long? SourceSize { get; init; }

    /// <summary>The size at the destination in bytes; null if it is not there.</summary>
    public long? DestinationSize { get; init; }

    /// <summary>What differs, or by what they are known to be the same.</summary>
    public required string Reason { get; init; }

    /// <summary>Why it could not be compared.</summary>
    public CloudException? Error { get; init; }
}
