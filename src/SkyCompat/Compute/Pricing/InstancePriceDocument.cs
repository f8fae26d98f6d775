namespace SkyCompat.Compute.Pricing;

/// <summary>A file of prices of instances.</summary>
/// <param name="AsOf">The day of the prices.</param>
/// <param name="Instances">The prices; the first that fits counts.</param>
internal sealed record InstancePriceDocument(DateOnly AsOf, IReadOnlyList<InstancePrice> Instances);
