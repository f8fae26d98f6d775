namespace SkyCompat.Transfer;

/// <summary>What is known of a transfer before it starts.</summary>
public sealed record TransferOutline
{
    /// <summary>Every route with whether it can be taken and why, cheapest first.</summary>
    public required IReadOnlyList<TransferRouteChoice> Routes { get; init; }

    /// <summary>What objects have at the source and cannot keep at the destination, whatever the route.</summary>
    public required IReadOnlyList<TransferLoss> Losses { get; init; }

    /// <summary>What a GiB costs to take out of the source towards the destination, in US dollars; null if no price is known.</summary>
    public decimal? EgressPricePerGiB { get; init; }

    /// <summary>The day of the prices; null if none is known.</summary>
    public DateOnly? PricesAsOf { get; init; }
}
