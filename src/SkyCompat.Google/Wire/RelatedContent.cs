using System.Net;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>An upload of <c>uploadType=multipart</c>: what is stored with the object and then its bytes, in one request of known length (RFC 2387). The bytes are not copied.</summary>
internal sealed class RelatedContent : HttpContent
{
    // Not borrowed: a transport that was cancelled may still be reading them.
    private readonly byte[] _start;
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
        using var text = new PooledBytes(metadata.Length + 256);
        text.Write("--"u8);
        text.WriteAscii(boundary);
        text.Write("\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n"u8);
        text.Write(metadata);
        text.Write("\r\n--"u8);
        text.WriteAscii(boundary);
        text.Write("\r\nContent-Type: "u8);
        text.WriteAscii(contentType);
        text.Write("\r\n\r\n"u8);
        var start = text.Length;
        text.Write("\r\n--"u8);
        text.WriteAscii(boundary);
        text.Write("--\r\n"u8);
        _start = text.Span[..start].ToArray();
        _end = text.Span[start..].ToArray();
        Headers.TryAddWithoutValidation("Content-Type", string.Concat("multipart/related; boundary=", boundary));
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_start, cancellationToken).ConfigureAwait(false);
        await _body.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(_end, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _start.Length + _body.Length + _end.Length;
        return true;
    }
}
