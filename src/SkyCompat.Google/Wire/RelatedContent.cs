using System.Net;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>An upload of <c>uploadType=multipart</c>: what is stored with the object and then its bytes, in one request of known length (RFC 2387). The bytes are not copied.</summary>
internal sealed class RelatedContent : HttpContent
{
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();

    private readonly PooledBytes _start;
    private readonly byte[] _end;
    private readonly UploadBody _body;

    /// <param name="metadata">The JSON; read before this returns.</param>
    /// <param name="contentType">The media type of the bytes.</param>
    /// <param name="body">The bytes.</param>
    public RelatedContent(ReadOnlySpan<byte> metadata, string contentType, UploadBody body)
    {
        // As random as this, it is in no body by chance or by intent.
        Span<char> boundary = stackalloc char[32];
        Guid.NewGuid().TryFormat(boundary, out _, "N");
        _body = body;
        _start = new PooledBytes(metadata.Length + 256);
        _start.Write("--"u8);
        _start.WriteAscii(boundary);
        _start.Write("\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n"u8);
        _start.Write(metadata);
        _start.Write("\r\n--"u8);
        _start.WriteAscii(boundary);
        _start.Write("\r\nContent-Type: "u8);
        _start.WriteAscii(contentType);
        _start.Write("\r\n\r\n"u8);
        using var end = new PooledBytes(64);
        end.Write("\r\n--"u8);
        end.WriteAscii(boundary);
        end.Write("--"u8);
        end.Write(LineEnd);
        _end = end.Span.ToArray();
        Headers.TryAddWithoutValidation("Content-Type", string.Concat("multipart/related; boundary=", boundary));
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_start.Memory, cancellationToken).ConfigureAwait(false);
        await _body.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(_end, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _start.Length + _body.Length + _end.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _start.Dispose();
        }

        base.Dispose(disposing);
    }
}
