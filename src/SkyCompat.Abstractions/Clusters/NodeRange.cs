using System.Globalization;

namespace SkyCompat.Clusters;

/// <summary>Between which numbers of nodes a pool scales by itself.</summary>
/// <param name="Min">The fewest; from 0.</param>
/// <param name="Max">The most; from 1 and at least <paramref name="Min"/>.</param>
public sealed record NodeRange(int Min, int Max)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Min}-{Max}");
}
