namespace SkyCompat.Google;

/// <summary>Where a search for offers goes on: the zones that are left, and the page within the first.</summary>
/// <param name="Zones">The zones.</param>
/// <param name="Page">The page; null for the first.</param>
internal sealed record GceOfferToken(IReadOnlyList<string> Zones, string? Page = null)
{
    public static GceOfferToken? TryParse(string? token) =>
        token?.Split(';', 2) is [var zones, .. var page] ? new GceOfferToken(zones.Split(','), page is [{ Length: > 0 } inner] ? inner : null) : null;

    public override string ToString() => $"{string.Join(',', Zones)};{Page}";
}
