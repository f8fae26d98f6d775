using SkyCompat.Compute;

namespace SkyCompat.Google;

/// <summary>Filters and queries of lists.</summary>
internal static class GceFilters
{
    /// <summary>The query of a page of a list.</summary>
    /// <param name="filter">The filter, not encoded; null for none.</param>
    /// <param name="pageToken">The page; null for the first.</param>
    public static string Page(string? filter, string? pageToken) =>
        $"?maxResults=500{(filter is null ? "" : "&filter=" + Uri.EscapeDataString(filter))}{(pageToken is null ? "" : "&pageToken=" + Uri.EscapeDataString(pageToken))}";

    /// <summary>What has all of some labels.</summary>
    public static string Labels(IReadOnlyDictionary<string, string> labels) =>
        string.Join(' ', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"(labels.{label.Key} = \"{label.Value}\")"));

    /// <summary>What this library made, whoever its owner.</summary>
    public static string Owned { get; } = $"labels.{ComputeTags.Owner}:*";
}
