using System.Net;
using SkyCompat.Drivers;

namespace SkyCompat.Http;

/// <summary>Sends an <see cref="UploadBody"/>: known length, no copy, readable again should the HTTP stack open another connection.</summary>
internal sealed class UploadContent(UploadBody? body) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        body is null ? Task.CompletedTask : body.CopyToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = body?.Length ?? 0;
        return true;
    }
}
