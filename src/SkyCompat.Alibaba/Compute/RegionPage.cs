using System.Globalization;

namespace SkyCompat.Alibaba;

/// <summary>Where a list over several regions is, as a page token: the region's number and the region's own token.</summary>
/// <param name="Index">The region's number.</param>
/// <param name="Token">The token of its next page; null for its first.</param>
internal readonly record struct RegionPage(int Index, string? Token)
{
    public static RegionPage Parse(string? pageToken)
    {
        if (pageToken is null)
        {
            return new RegionPage(0, null);
        }

        var colon = pageToken.IndexOf(':', StringComparison.Ordinal);
        return int.TryParse(colon < 0 ? pageToken : pageToken.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new RegionPage(index, colon < 0 || colon == pageToken.Length - 1 ? null : pageToken[(colon + 1)..])
            : throw new CloudException(CloudErrorCode.InvalidArgument, "The page token is not one of this list.");
    }

    /// <summary>What asks for the page after this one; null if this was the last.</summary>
    /// <param name="nextToken">What the region says of its next page.</param>
    /// <param name="regions">How many regions there are.</param>
    public string? Next(string? nextToken, int regions) =>
        !string.IsNullOrEmpty(nextToken) ? string.Create(CultureInfo.InvariantCulture, $"{Index}:{nextToken}")
        : Index + 1 < regions ? string.Create(CultureInfo.InvariantCulture, $"{Index + 1}:")
        : null;
}
