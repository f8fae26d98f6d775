using System.Globalization;
using System.Text.RegularExpressions;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The header of that name on a request of a resumable upload.</summary>
/// <param name="First">The offset of the body; null where it only asks, <c>bytes */…</c>.</param>
/// <param name="Last">The offset of the body's last byte; null where the body goes on to the end of the whole, <c>bytes 0-*/…</c>.</param>
/// <param name="Total">The size of the whole; null while it is not known.</param>
internal sealed partial record ContentRange(long? First, long? Last, long? Total)
{
    /// <exception cref="GcsError">400: it is malformed.</exception>
    public static ContentRange? Parse(string? header)
    {
        if (header is null)
        {
            return null;
        }

        var match = Pattern().Match(header);
        var range = match.Success ? new ContentRange(Number("first"), Number("last"), Number("total")) : null;
        return range is null || range.Last < range.First || range.Last >= range.Total
            ? throw new GcsError(400, "badRequest", "Failed to parse Content-Range header.") { PlainText = true }
            : range;

        long? Number(string group) => match.Groups[group].Success ? long.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"\Abytes (?:(?<first>[0-9]{1,18})-(?:(?<last>[0-9]{1,18})|\*)|\*)/(?:(?<total>[0-9]{1,18})|\*)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Pattern();
}
