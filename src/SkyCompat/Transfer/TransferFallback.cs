namespace SkyCompat.Transfer;

/// <summary>A route that was tried and could not carry some objects, which took the next.</summary>
public sealed record TransferFallback
{
    /// <summary>The route that was left.</summary>
    public required TransferRoute Route { get; init; }

    /// <summary>How many objects left it, those included that did not try it any more because others had failed.</summary>
    public required long Objects { get; init; }

    /// <summary>Why the first of them did.</summary>
    public required string Reason { get; init; }
}
