using System.Globalization;
using System.Net.Http.Headers;

namespace SkyCompat.Google;

/// <summary>Reads headers as they came, without the parsing and validation that would allocate and refuse what stores really send.</summary>
internal static class GoogleHeaders
{
    public static string? Get(HttpHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    /// <summary>The mark that Google's servers leave on their replies.</summary>
    public static string? RequestId(HttpResponseMessage response) => Get(response.Headers, "x-guploader-uploadid");

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

    public static string FormatDate(DateTimeOffset date) => date.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture);

    /// <summary>The CRC-32C in <c>x-goog-hash</c>, which names one or several checksums, in one header or several.</summary>
    public static ObjectStorage.Checksum? Crc32C(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("x-goog-hash", out var values))
        {
            return null;
        }

        foreach (var value in values)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                var hash = value.AsSpan()[range].Trim();
                if (hash.StartsWith("crc32c=", StringComparison.OrdinalIgnoreCase))
                {
                    return ObjectStorage.Checksum.TryParseBase64(ObjectStorage.ChecksumAlgorithm.Crc32C, hash["crc32c=".Length..]);
                }
            }
        }

        return null;
    }
}
