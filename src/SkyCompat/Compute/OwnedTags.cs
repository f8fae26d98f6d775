namespace SkyCompat.Compute;

/// <summary>The tags of what is made beside instances.</summary>
internal static class OwnedTags
{
    public static IReadOnlyDictionary<string, string> Shared(string owner) => new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Owner] = owner };

    public static IReadOnlyDictionary<string, string> Named(string owner, string name, IReadOnlyDictionary<string, string>? own = null) =>
        new Dictionary<string, string>(own ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal) { [ComputeTags.Owner] = owner, [ComputeTags.Key] = name };

    public static bool Has(this IReadOnlyDictionary<string, string> tags, string name, string value) => tags.TryGetValue(name, out var found) && found == value;
}
