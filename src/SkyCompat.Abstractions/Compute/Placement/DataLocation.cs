namespace SkyCompat.Compute;

/// <summary>Data that the instances will read once, so that the cost of moving it counts.</summary>
/// <param name="Provider">The provider that holds it, such as <c>Aws</c>.</param>
/// <param name="Region">The region it is in.</param>
/// <param name="GiB">How much is read; from 0.</param>
public sealed record DataLocation(CloudProvider Provider, string Region, double GiB);
