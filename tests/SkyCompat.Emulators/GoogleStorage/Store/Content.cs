using System.Security.Cryptography;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The data of an object, which never changes.</summary>
internal sealed class Content
{
    public static readonly Content Empty = new([], 0, 0, MD5.HashData([]));

    private readonly ContentSegment[] _segments;

    public Content(ContentSegment[] segments, long length, uint crc32C, byte[]? md5)
    {
        _segments = segments;
        Length = length;
        Crc32C = crc32C;
        Md5 = md5;
    }

    public long Length { get; }

    public uint Crc32C { get; }

    /// <summary>Null for objects put together from others or from parts, which have none.</summary>
    public byte[]? Md5 { get; }

    /// <summary>The data of all of them in order, shared and not copied.</summary>
    public static Content Concat(IReadOnlyCollection<Content> parts)
    {
        uint crc = 0;
        foreach (var part in parts)
        {
            crc = GoogleStorage.Crc32C.Combine(crc, part.Crc32C, part.Length);
        }

        return new Content([.. parts.SelectMany(part => part._segments)], parts.Sum(part => part.Length), crc, md5: null);
    }

    /// <summary>The stretches that make up <paramref name="length"/> bytes from <paramref name="offset"/>.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Slice(long offset, long length)
    {
        foreach (var segment in _segments)
        {
            if (length == 0)
            {
                yield break;
            }

            if (offset >= segment.Length)
            {
                offset -= segment.Length;
                continue;
            }

            var count = (int)Math.Min(segment.Length - offset, length);
            yield return segment.Bytes.AsMemory((int)offset, count);
            length -= count;
            offset = 0;
        }
    }
}
