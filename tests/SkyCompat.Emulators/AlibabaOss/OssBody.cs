using System.Security.Cryptography;

namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>The bytes of an object or part. Objects that were made of others share their bytes; nothing is copied.</summary>
internal sealed class OssBody
{
    public OssBody(IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        Segments = segments;
        foreach (var segment in segments)
        {
            Length += segment.Length;
        }
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Segments { get; }

    public long Length { get; }

    public static OssBody Join(IEnumerable<OssBody> bodies) => new([.. bodies.SelectMany(body => body.Segments)]);

    public OssBody Slice(long offset, long length)
    {
        var segments = new List<ReadOnlyMemory<byte>>();
        foreach (var segment in Segments)
        {
            if (length == 0)
            {
                break;
            }

            if (offset >= segment.Length)
            {
                offset -= segment.Length;
                continue;
            }

            var part = segment.Slice((int)offset, (int)Math.Min(length, segment.Length - offset));
            segments.Add(part);
            length -= part.Length;
            offset = 0;
        }

        return new OssBody(segments);
    }

    public ulong Crc64()
    {
        var crc = 0UL;
        foreach (var segment in Segments)
        {
            crc = OssCrc64.Append(crc, segment.Span);
        }

        return crc;
    }

    public byte[] Md5()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var segment in Segments)
        {
            hash.AppendData(segment.Span);
        }

        return hash.GetHashAndReset();
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        var at = 0;
        foreach (var segment in Segments)
        {
            segment.CopyTo(bytes.AsMemory(at));
            at += segment.Length;
        }

        return bytes;
    }
}
