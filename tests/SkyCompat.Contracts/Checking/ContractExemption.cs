namespace SkyCompat.Contracts;

/// <summary>Something that is allowed although the description does not say so.</summary>
/// <param name="Descriptions">The descriptions it holds for; a star stands for any text, here and below.</param>
/// <param name="Operations">The operations.</param>
/// <param name="Servers">The servers; an empty name is the provider itself.</param>
/// <param name="Direction">Requests or replies; null for both.</param>
/// <param name="Kinds">What would be wrong; empty for anything.</param>
/// <param name="Places">Where.</param>
/// <param name="Values">The values found; empty for any.</param>
/// <param name="Reason">Why it is right, and who says so.</param>
public sealed record ContractExemption(
    IReadOnlyList<string> Descriptions,
    IReadOnlyList<string> Operations,
    IReadOnlyList<string> Servers,
    ContractDirection? Direction,
    IReadOnlyList<ViolationKind> Kinds,
    IReadOnlyList<string> Places,
    IReadOnlyList<string> Values,
    string Reason)
{
    /// <summary>Whether it allows a violation.</summary>
    /// <param name="violation">The violation.</param>
    /// <param name="place">Its place without the numbers of items.</param>
    /// <param name="server">The server spoken to.</param>
    public bool Covers(Violation violation, string place, string server) =>
        (Direction is null || Direction == violation.Direction) &&
        (Kinds.Count == 0 || Kinds.Contains(violation.Kind)) &&
        Any(Places, place, StringComparison.OrdinalIgnoreCase) &&
        Any(Descriptions, violation.Description) &&
        Any(Operations, violation.Operation) &&
        Any(Servers, server) &&
        (Values.Count == 0 || Any(Values, violation.Found.Trim('\'')));

    private static bool Any(IReadOnlyList<string> patterns, string text, StringComparison comparison = StringComparison.Ordinal)
    {
        foreach (var pattern in patterns)
        {
            if (Fits(pattern, text, comparison))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, StringComparison comparison)
    {
        var star = pattern.IndexOf('*');
        if (star < 0)
        {
            return pattern.Equals(text, comparison);
        }

        if (!text.StartsWith(pattern[..star], comparison))
        {
            return false;
        }

        var rest = pattern[(star + 1)..];
        for (var at = star; at <= text.Length; at++)
        {
            if (Fits(rest, text[at..], comparison))
            {
                return true;
            }
        }

        return false;
    }
}
