namespace SkyCompat.Transfer;

/// <summary>Bytes moved, requests made and what they cost by the price table.</summary>
/// <param name="Bytes">Body bytes that arrive at the destination.</param>
/// <param name="ProcessBytes">Body bytes that pass through this process.</param>
/// <param name="EgressBytes">Body bytes that leave the source's region or provider and are charged for.</param>
/// <param name="ReadRequests">Requests of the kind that reads: get, head, list at the source's price class for reads.</param>
/// <param name="WriteRequests">Requests of the kind that writes: put, copy, post, list at the price class for writes.</param>
/// <param name="Amount">The cost in US dollars by the price table; 0 where no price is known.</param>
public readonly record struct TransferCost(long Bytes, long ProcessBytes, long EgressBytes, long ReadRequests, long WriteRequests, decimal Amount)
{
    /// <summary>Adds two costs.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum.</returns>
    public static TransferCost operator +(TransferCost left, TransferCost right) => Add(left, right);

    /// <summary>Adds two costs.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum.</returns>
    public static TransferCost Add(TransferCost left, TransferCost right) => new(
        left.Bytes + right.Bytes,
        left.ProcessBytes + right.ProcessBytes,
        left.EgressBytes + right.EgressBytes,
        left.ReadRequests + right.ReadRequests,
        left.WriteRequests + right.WriteRequests,
        left.Amount + right.Amount);
}
