using System.Buffers;
using System.Security.Cryptography;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>Collects the data of an object as it arrives, with its checksums.</summary>
internal sealed class ContentWriter(StoreBudget budget) : IDisposable
{
    private const int SmallestSegment = 4 << 10;
    private const int LargestSegment = 1 << 20;
    private readonly List<ContentSegment> _segments = [];
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private uint _crc;

    public long Length { get; private set; }

    /// <param name="data">What follows.</param>
    /// <param name="expected">How many bytes may still come, these included, if that is known: it saves a segment too large.</param>
    public void Append(in ReadOnlySequence<byte> data, long? expected = null)
    {
        foreach (var memory in data)
        {
            Append(memory.Span, expected);
            expected -= memory.Length;
        }
    }

    /// <inheritdoc cref="Append(in ReadOnlySequence{byte}, long?)"/>
    public void Append(ReadOnlySpan<byte> data, long? expected = null)
    {
        _md5.AppendData(data);
        _crc = Crc32C.Append(_crc, data);
        while (!data.IsEmpty)
        {
            var last = _segments.Count > 0 ? _segments[^1] : null;
            if (last is null || last.Length == last.Bytes.Length)
            {
                // Without knowing better, segments grow with what is there already.
                var size = expected ?? Math.Max(Length, SmallestSegment);
                last = new ContentSegment(budget, (int)Math.Clamp(size, data.Length < LargestSegment ? data.Length : 1, LargestSegment));
                _segments.Add(last);
            }

            var count = Math.Min(data.Length, last.Bytes.Length - last.Length);
            data[..count].CopyTo(last.Bytes.AsSpan(last.Length));
            last.Length += count;
            Length += count;
            expected -= count;
            data = data[count..];
        }
    }

    public Content Finish() => new([.. _segments], Length, _crc, _md5.GetCurrentHash());

    public void Dispose() => _md5.Dispose();
}
