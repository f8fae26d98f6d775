using System.Globalization;
using System.Net.Http.Headers;

namespace SkyCompat.S3;

/// <summary>Reads headers as they came, without the parsing and validation that would allocate and refuse what stores really send.</summary>
internal static class S3Headers
{
    public static string? Get(HttpHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    public static string? RequestId(HttpResponseMessage response) => Get(response.Headers, "x-amz-request-id") ?? Get(response.Headers, "x-oss-request-id");

    public static TimeSpan? RetryAfter(HttpResponseMessage response, ServerClock clock)
    {
        var value = Get(response.Headers, "Retry-After");
        if (value is null)
        {
            return null;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return TryParseDate(value) is { } date && date > clock.Now ? date - clock.Now : null;
    }

    public static DateTimeOffset? TryParseDate(string? value) =>
        DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    public static string FormatDate(DateTimeOffset date) => date.ToString("r", CultureInfo.InvariantCulture);

    /// <summary>A tag as a header carries it.</summary>
    public static string Quote(ObjectStorage.VersionTag tag)
    {
        var text = tag.ToString();
        return text.StartsWith("W/", StringComparison.Ordinal) ? text : $"\"{text}\"";
    }
}
