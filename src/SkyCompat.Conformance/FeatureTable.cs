using System.Globalization;
using System.Numerics;
using System.Text;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance;

/// <summary>The provider × feature table of the docs, made from capabilities.</summary>
public static class FeatureTable
{
    private static readonly (string Name, Func<BucketCapabilities, string> Value)[] Limits =
    [
        (nameof(BucketCapabilities.MaxKeyBytes), c => Number(c.MaxKeyBytes)),
        (nameof(BucketCapabilities.MaxMetadataBytes), c => Size(c.MaxMetadataBytes)),
        (nameof(BucketCapabilities.MaxTags), c => c.Supports(BucketFeatures.Tags) ? Number(c.MaxTags) : ""),
        (nameof(BucketCapabilities.MaxObjectBytes), c => Size(c.MaxObjectBytes)),
        (nameof(BucketCapabilities.MaxPutBytes), c => Size(c.MaxPutBytes)),
        (nameof(BucketCapabilities.MinPartBytes), c => c.Supports(BucketFeatures.Multipart) ? Size(c.MinPartBytes) : ""),
        (nameof(BucketCapabilities.MaxPartBytes), c => c.Supports(BucketFeatures.Multipart) ? Size(c.MaxPartBytes) : ""),
        (nameof(BucketCapabilities.MaxParts), c => c.Supports(BucketFeatures.Multipart) ? Number(c.MaxParts) : ""),
        (nameof(BucketCapabilities.MaxCopyBytes), c => c.Supports(BucketFeatures.ServerSideCopy) ? Size(c.MaxCopyBytes) : ""),
        (nameof(BucketCapabilities.MaxBatchDelete), c => c.Supports(BucketFeatures.BatchDelete) ? Number(c.MaxBatchDelete) : ""),
        (nameof(BucketCapabilities.MaxPageSize), c => Number(c.MaxPageSize)),
        (nameof(BucketCapabilities.MaxSignedLifetime), c => c.Supports(BucketFeatures.SignGet) ? Duration(c.MaxSignedLifetime) : ""),
    ];

    /// <summary>The single features, in the order of the table.</summary>
    public static IReadOnlyList<BucketFeatures> Features { get; } = [.. Enum.GetValues<BucketFeatures>().Where(feature => BitOperations.PopCount((ulong)feature) == 1)];

    /// <summary>Makes the table: one row per feature and limit, one column per provider.</summary>
    /// <param name="providers">The providers' names and what they can do, in the order of the columns.</param>
    /// <returns>Markdown.</returns>
    public static string ToMarkdown(IEnumerable<(string Provider, BucketCapabilities Capabilities)> providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        var columns = providers.ToList();
        var table = new StringBuilder();
        Row(table, "Feature", columns.Select(column => column.Provider));
        Row(table, "---", columns.Select(_ => ":---:"));
        foreach (var feature in Features)
        {
            Row(table, $"`{feature}`", columns.Select(column => column.Capabilities.Supports(feature) ? "●" : ""));
        }

        foreach (var (name, value) in Limits)
        {
            Row(table, $"`{name}`", columns.Select(column => value(column.Capabilities)));
        }

        return table.ToString();
    }

    private static void Row(StringBuilder table, string head, IEnumerable<string> cells)
    {
        table.Append("| ").Append(head).Append(" |");
        foreach (var cell in cells)
        {
            table.Append(' ').Append(cell.Replace("|", "\\|", StringComparison.Ordinal)).Append(cell.Length == 0 ? "|" : " |");
        }

        table.Append('\n');
    }

    private static string Number(long value) => value == long.MaxValue || value == int.MaxValue ? "∞" : value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes)
    {
        if (bytes is long.MaxValue or int.MaxValue)
        {
            return "∞";
        }

        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1024 && unit < units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {units[unit]}");
    }

    private static string Duration(TimeSpan value) => value >= TimeSpan.FromDays(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{value.TotalDays:0.#} d")
        : string.Create(CultureInfo.InvariantCulture, $"{value.TotalHours:0.#} h");
}
