using System.Buffers;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>The checksum of bytes that a part copy takes over. They are read once, as no checksum of a slice is kept; whole objects have theirs.</summary>
internal static class PartChecksums
{
    private const int BufferBytes = 256 * 1024;

    public static async Task<PartSource> ReadAsync(LocalStore store, CopySource source, ServedRange range, CancellationToken cancellationToken)
    {
        var options = new GetOptions
        {
            Range = ByteRange.Slice(range.Offset, range.Length),
            VersionId = source.VersionId,
            Condition = source.IfMatch.IsEmpty ? null : new ReadCondition { IfMatch = source.IfMatch },
        };
        var content = ObjectReads.Get(store, source.Bucket.Name, source.Key, options);
        await using (content.ConfigureAwait(false))
        {
            if (content.Length != range.Length)
            {
                throw StorageErrors.RangeNotSatisfiable(source.Key, ByteRange.Slice(range.Offset, range.Length), content.Info.Size);
            }

            var tag = ObjectRow.ParseTag(content.Info.Tag);
            return content.Info.Checksum is { } whole && range.Length == content.Info.Size
                ? new PartSource(tag, StoredCrc.FromChecksum(whole))
                : new PartSource(tag, await ComputeAsync(content.AsStream(), cancellationToken).ConfigureAwait(false));
        }
    }

    private static async Task<uint> ComputeAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            uint crc = 0;
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                crc = Crc32C.Append(crc, buffer.AsSpan(0, read));
            }

            return crc;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
