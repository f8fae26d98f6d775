namespace SkyCompat.Transfer;

/// <summary>What is to be done with one object.</summary>
public sealed record TransferStep
{
    /// <summary>The object's name, relative to the source's prefix or folder.</summary>
    public required string Name { get; init; }

    /// <summary>The key or path at the destination.</summary>
    public required string Target { get; init; }

    /// <summary>What is to be done.</summary>
    public required TransferAction Action { get; init; }

    /// <summary>The size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>The route, for a copy.</summary>
    public TransferRoute Route { get; init; }

    /// <summary>Why, in words: what differs, why it is refused, and why the cheaper routes were not taken.</summary>
    public required string Reason { get; init; }

    /// <summary>What it costs.</summary>
    public TransferCost Cost { get; init; }
}
