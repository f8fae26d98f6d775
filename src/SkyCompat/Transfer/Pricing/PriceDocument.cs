namespace SkyCompat.Transfer.Pricing;

/// <summary>A file of prices.</summary>
/// <param name="AsOf">The day of the prices.</param>
/// <param name="Egress">What bytes cost that leave a place; the first rule that fits counts.</param>
/// <param name="Requests">What requests cost; the first rule that fits counts.</param>
internal sealed record PriceDocument(DateOnly AsOf, IReadOnlyList<EgressPrice> Egress, IReadOnlyList<RequestPrice> Requests);
