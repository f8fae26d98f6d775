using System.Buffers;

namespace SkyCompat.Drivers;

/// <summary>The bytes of one request: of known length, in memory, and the same each time they are read.</summary>
public sealed class UploadBody
{
    private const int ChunkBytes = 256 * 1024;
    private readonly Action? _progress;

    /// <summary>Creates a body.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="progress">Told each time some bytes were taken, so that an upload that makes progress does not count as idle; null for nobody.</param>
    public UploadBody(ReadOnlySequence<byte> bytes, Action? progress = null)
    {
        Bytes = bytes;
        _progress = progress;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySequence<byte> Bytes { get; }

    /// <summary>How many there are.</summary>
    public long Length => Bytes.Length;

    /// <summary>Writes the bytes in chunks of at most 256 KiB, telling progress after each. For drivers that write to a connection themselves.</summary>
    /// <param name="destination">The connection.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <returns>A task that ends with the last byte.</returns>
    public async Task CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        foreach (var segment in Bytes)
        {
            for (var rest = segment; !rest.IsEmpty;)
            {
                var chunk = rest[..Math.Min(ChunkBytes, rest.Length)];
                await destination.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
                _progress?.Invoke();
                rest = rest[chunk.Length..];
            }
        }
    }

    /// <summary>The bytes as a stream that can seek, telling progress as it is read. For drivers over an SDK that wants a stream.</summary>
    /// <returns>A new stream at the first byte.</returns>
    public Stream AsStream() => new UploadBodyStream(Bytes, _progress);
}
