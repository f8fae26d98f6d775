using System.Globalization;

namespace SkyCompat.Google;

/// <summary>Reads the times of Compute Engine.</summary>
internal static class GceTimes
{
    public static DateTimeOffset? TryParse(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
