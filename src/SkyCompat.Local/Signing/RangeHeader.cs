using System.Globalization;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Reads a Range header (RFC 9110, section 14.2). What is malformed or asks for several ranges is ignored, as the RFC allows: the whole object is the answer.</summary>
internal static class RangeHeader
{
    private const string Unit = "bytes=";

    public static ByteRange? Parse(string? header)
    {
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var text = header.AsSpan(Unit.Length).Trim();
        var dash = text.IndexOf('-');
        if (dash < 0)
        {
            return null;
        }

        var first = Number(text[..dash]);
        var last = Number(text[(dash + 1)..]);
        return dash == 0 ? (last is > 0 ? ByteRange.Suffix(last.Value) : null)
            : first is null ? null
            : dash == text.Length - 1 ? ByteRange.From(first.Value)
            : last >= first && last - first < long.MaxValue - first ? ByteRange.Slice(first.Value, last.Value - first.Value + 1)
            : null;
    }

    private static long? Number(ReadOnlySpan<char> text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
