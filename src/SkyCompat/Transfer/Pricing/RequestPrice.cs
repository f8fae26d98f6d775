namespace SkyCompat.Transfer.Pricing;

/// <summary>What requests cost at a place.</summary>
/// <param name="At">The place as <c>Provider/region</c>; a star at the end fits any rest.</param>
/// <param name="ReadsPerThousand">US dollars per 1,000 requests that read.</param>
/// <param name="WritesPerThousand">US dollars per 1,000 requests that write or list.</param>
internal sealed record RequestPrice(string At, decimal ReadsPerThousand, decimal WritesPerThousand);
