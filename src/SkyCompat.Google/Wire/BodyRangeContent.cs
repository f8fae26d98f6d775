using System.Buffers;
using System.Net;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>The rest of an <see cref="UploadBody"/> from an offset, for an upload that goes on.</summary>
internal sealed class BodyRangeContent(UploadBody body, long offset) : HttpContent
{
    private const int ChunkBytes = 128 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (offset == 0)
        {
            await body.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
            return;
        }

        var source = body.AsStream();
        await using (source.ConfigureAwait(false))
        {
            source.Position = offset;
            var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
            try
            {
                while (await source.ReadAsync(chunk, cancellationToken).ConfigureAwait(false) is var count and > 0)
                {
                    await stream.WriteAsync(chunk.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(chunk);
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length - offset;
        return true;
    }
}
