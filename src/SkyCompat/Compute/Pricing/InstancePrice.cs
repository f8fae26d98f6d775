namespace SkyCompat.Compute.Pricing;

/// <summary>The price of an instance type.</summary>
/// <param name="At">Where, as <c>Provider/region</c>; a star at the end fits any rest.</param>
/// <param name="Type">The instance type.</param>
/// <param name="OnDemand">US dollars per hour on demand.</param>
/// <param name="Spot">US dollars per hour in the spot market; null if it is not known.</param>
internal sealed record InstancePrice(string At, string Type, decimal OnDemand, decimal? Spot = null);
