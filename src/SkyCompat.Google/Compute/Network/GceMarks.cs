namespace SkyCompat.Google;

/// <summary>Tags of resources that have no labels: written into their description.</summary>
internal static class GceMarks
{
    private const string Prefix = "SkyCompat: ";

    /// <summary>The mark of a name, since the name of the resource may be another.</summary>
    public const string Name = "name";

    /// <summary>The mark of a region, for what is global by itself and belongs to one here.</summary>
    public const string Region = "region";

    /// <summary>What has such a description.</summary>
    public const string Filter = $"description eq \"{Prefix}.*\"";

    public static string Write(string name, string? region, IReadOnlyDictionary<string, string> tags) =>
        Prefix + string.Join(',', tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Prepend(new(Region, region ?? "")).Prepend(new(Name, name)).Select(tag => $"{tag.Key}={tag.Value}"));

    /// <summary>Reads a description; null if it is not of this library.</summary>
    public static IReadOnlyDictionary<string, string>? TryRead(string? description) => description?.StartsWith(Prefix, StringComparison.Ordinal) != true
        ? null
        : description[Prefix.Length..].Split(',').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2).DistinctBy(pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>The tags among the marks.</summary>
    public static IReadOnlyDictionary<string, string> TagsOf(IReadOnlyDictionary<string, string> marks) =>
        marks.Where(mark => mark.Key is not (Name or Region)).ToDictionary(mark => mark.Key, mark => mark.Value, StringComparer.Ordinal);
}
