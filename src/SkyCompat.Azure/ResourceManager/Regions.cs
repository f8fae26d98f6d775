namespace SkyCompat.Azure;

/// <summary>Names of regions, which some replies spell as <c>West Europe</c> and others as <c>westeurope</c>.</summary>
internal static class Regions
{
    public static string Normalize(string region) => region.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    public static bool AreSame(string? left, string right) => left is not null && Normalize(left) == Normalize(right);
}
