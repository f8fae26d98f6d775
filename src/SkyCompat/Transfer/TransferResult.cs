namespace SkyCompat.Transfer;

/// <summary>What became of one object.</summary>
public sealed record TransferResult
{
    /// <summary>The object's name, relative to the source's prefix or folder.</summary>
    public required string Name { get; init; }

    /// <summary>The key or path at the destination.</summary>
    public required string Target { get; init; }

    /// <summary>What became of it.</summary>
    public required TransferOutcome Outcome { get; init; }

    /// <summary>The size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>The route that was taken, if it was copied.</summary>
    public TransferRoute Route { get; init; }

    /// <summary>By what the copy is known to be right.</summary>
    public TransferVerification Verification { get; init; }

    /// <summary>Why it was skipped, deleted or failed, or why a cheaper route was not taken.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it failed.</summary>
    public CloudException? Error { get; init; }

    /// <summary>What it cost.</summary>
    public TransferCost Cost { get; init; }
}
