namespace SkyCompat.Compute.Placement;

/// <summary>Which law a region is under.</summary>
/// <param name="At">The region as <c>Provider/region</c>; a star at the end fits any rest.</param>
/// <param name="Jurisdiction">The jurisdiction.</param>
internal sealed record RegionPlace(string At, string Jurisdiction);
