using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>The bytes of an object that a read serves.</summary>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">How many.</param>
internal readonly record struct ServedRange(long Offset, long Length)
{
    /// <summary>Clips a range to an object.</summary>
    /// <exception cref="CloudException">InvalidArgument (RangeNotSatisfiable): it starts at or beyond the end.</exception>
    public static ServedRange Of(ByteRange? range, string key, long size)
    {
        if (range is not { } asked)
        {
            return new ServedRange(0, size);
        }

        if (asked.Length == 0)
        {
            return new ServedRange(Math.Min(asked.Offset ?? size, size), 0);
        }

        if (size == 0 || asked.Offset >= size)
        {
            throw StorageErrors.RangeNotSatisfiable(key, asked, size);
        }

        var offset = asked.Offset ?? Math.Max(0, size - asked.Length.GetValueOrDefault(size));
        return new ServedRange(offset, asked.IsSuffix ? size - offset : Math.Min(size - offset, asked.Length ?? long.MaxValue));
    }
}
