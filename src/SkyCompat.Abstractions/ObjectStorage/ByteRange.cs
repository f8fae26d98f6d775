using System.Globalization;

namespace SkyCompat.ObjectStorage;

/// <summary>Bytes of an object: from an offset, a slice, or the last so many.</summary>
public readonly record struct ByteRange
{
    private ByteRange(long? offset, long? length)
    {
        Offset = offset;
        Length = length;
    }

    /// <summary>The first byte, counted from 0; null for a suffix.</summary>
    public long? Offset { get; }

    /// <summary>How many bytes at most, or for a suffix how many from the end; null for all up to the end.</summary>
    public long? Length { get; }

    /// <summary>Whether the range is the last <see cref="Length"/> bytes.</summary>
    public bool IsSuffix => Offset is null && Length is not null;

    /// <summary>All bytes from an offset to the end.</summary>
    /// <param name="offset">The first byte, at least 0. At or beyond the end: <see cref="ObjectStorageErrorReasons.RangeNotSatisfiable"/>.</param>
    /// <returns>The range.</returns>
    public static ByteRange From(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return new ByteRange(offset, null);
    }

    /// <summary>So many bytes from an offset; clipped at the end of the object.</summary>
    /// <param name="offset">The first byte, at least 0. At or beyond the end: <see cref="ObjectStorageErrorReasons.RangeNotSatisfiable"/>, unless <paramref name="length"/> is 0.</param>
    /// <param name="length">How many bytes, at least 0; 0 gives an empty body and the object's properties.</param>
    /// <returns>The range.</returns>
    public static ByteRange Slice(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, long.MaxValue - offset);
        return new ByteRange(offset, length);
    }

    /// <summary>The last so many bytes; the whole object if it is shorter.</summary>
    /// <param name="length">How many bytes, at least 0; 0 gives an empty body and the object's properties.</param>
    /// <returns>The range.</returns>
    public static ByteRange Suffix(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new ByteRange(null, length);
    }

    /// <summary>The HTTP form, such as <c>bytes=0-99</c> (RFC 9110, section 14.1.2).</summary>
    /// <returns>The header value.</returns>
    public override string ToString() => (Offset, Length) switch
    {
        (null, { } n) => string.Create(CultureInfo.InvariantCulture, $"bytes=-{n}"),
        ({ } o, null) => string.Create(CultureInfo.InvariantCulture, $"bytes={o}-"),
        ({ } o, { } n) => string.Create(CultureInfo.InvariantCulture, $"bytes={o}-{o + n - 1}"),
        _ => "bytes=0-",
    };
}
