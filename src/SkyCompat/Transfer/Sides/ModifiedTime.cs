using System.Globalization;

namespace SkyCompat.Transfer.Sides;

/// <summary>The modification time of an original, carried as metadata in the form that rclone writes: seconds since 1970 with up to nine decimals.</summary>
internal static class ModifiedTime
{
    public const string MetadataKey = "mtime";

    private const long TicksPerSecond = TimeSpan.TicksPerSecond;

    // Of the years 1 to 9999.
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_800;

    public static DateTimeOffset? Read(IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(MetadataKey, out var text)
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > FirstSecond and < LastSecond
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TicksPerSecond))
            : null;

    public static string Write(DateTimeOffset time)
    {
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        return ((decimal)ticks / TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture);
    }

    /// <summary>The metadata with the time, unless it has one.</summary>
    public static IReadOnlyDictionary<string, string> Add(IReadOnlyDictionary<string, string> metadata, DateTimeOffset time) =>
        metadata.ContainsKey(MetadataKey) ? metadata : new Dictionary<string, string>(metadata, StringComparer.Ordinal) { [MetadataKey] = Write(time) };
}
