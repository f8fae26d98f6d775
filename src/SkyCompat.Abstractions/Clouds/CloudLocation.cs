namespace SkyCompat;

/// <summary>Where a cloud's resources are made: a region and, where it matters, a zone of it, in the provider's own spelling.</summary>
/// <param name="Region">The region, such as <c>eu-central-1</c>; null if the provider has none or it is not configured.</param>
/// <param name="Zone">The zone, such as <c>eu-central-1a</c>; null for any.</param>
public readonly record struct CloudLocation(string? Region, string? Zone = null)
{
    /// <inheritdoc/>
    public override string ToString() => Zone ?? Region ?? "";
}
