namespace SkyCompat.Compute.Placement;

/// <summary>Texts with a star at the end.</summary>
internal static class Pattern
{
    public static bool Fits(string pattern, string text) =>
        pattern.EndsWith('*') ? text.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.OrdinalIgnoreCase) : string.Equals(pattern, text, StringComparison.OrdinalIgnoreCase);
}
