using System.Globalization;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The part of an object that a Range header asks for.</summary>
internal readonly record struct ByteRange(long Offset, long Length)
{
    /// <summary>Null for the whole object: without the header, or with one that is malformed or names several ranges, which are ignored.</summary>
    /// <exception cref="GcsError">416: nothing of the object is in the range.</exception>
    public static ByteRange? Parse(string? header, long size)
    {
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var dash = header.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || header.Contains(',', StringComparison.Ordinal))
        {
            return null;
        }

        var (firstText, lastText) = (header[6..dash].Trim(), header[(dash + 1)..].Trim());
        if (firstText.Length == 0)
        {
            return !Number(lastText, out var suffix) ? null
                : suffix == 0 || size == 0 ? throw NotSatisfiable(size)
                : new ByteRange(Math.Max(0, size - suffix), Math.Min(suffix, size));
        }

        var last = size - 1;
        if (!Number(firstText, out var first) || (lastText.Length > 0 && (!Number(lastText, out last) || last < first)))
        {
            return null;
        }

        return first >= size ? throw NotSatisfiable(size) : new ByteRange(first, Math.Min(last, size - 1) - first + 1);
    }

    private static bool Number(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static GcsError NotSatisfiable(long size) => new(416, "requestedRangeNotSatisfiable", "Request range not satisfiable", "InvalidRange")
    {
        Headers = [new("Content-Range", $"bytes */{size}")],
    };
}
