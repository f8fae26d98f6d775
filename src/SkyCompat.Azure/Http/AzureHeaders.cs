using System.Globalization;
using System.Net.Http.Headers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Reads headers as they came, without the parsing and validation that would allocate and refuse what services really send.</summary>
internal static class AzureHeaders
{
    public static string? Get(HttpHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    public static string? RequestId(HttpResponseMessage response) => Get(response.Headers, "x-ms-request-id");

    public static TimeSpan? RetryAfter(HttpResponseMessage response, ServerClock clock)
    {
        if (Get(response.Headers, "x-ms-retry-after-ms") is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        var value = Get(response.Headers, "Retry-After");
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return TryParseDate(value) is { } date && date > clock.Now ? date - clock.Now : null;
    }

    public static DateTimeOffset? TryParseDate(string? value) =>
        DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    public static string FormatDate(DateTimeOffset date) => date.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);

    /// <summary>A tag as a header carries it.</summary>
    public static string Quote(VersionTag tag) => $"\"{tag}\"";

    /// <summary>Reads <c>bytes 0-99/1234</c>.</summary>
    public static bool TryReadRange(HttpResponseMessage response, out long offset, out long size)
    {
        offset = size = 0;
        var text = Get(response.Content.Headers, "Content-Range").AsSpan();
        var dash = text.IndexOf('-');
        var slash = text.IndexOf('/');
        return text.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase) && dash > 0 && slash > dash &&
            long.TryParse(text[6..dash], NumberStyles.None, CultureInfo.InvariantCulture, out offset) &&
            long.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out size);
    }
}
