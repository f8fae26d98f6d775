using System.Globalization;
using System.Net;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>The protocol of <c>uploadType=resumable</c>: one session, one stream of bytes, gone on with from where the store says that it stands.</summary>
/// <remarks>A connection that breaks costs only the bytes in flight, and whether an upload was done when its reply was lost is known and not guessed. Nothing is retried that made no progress.</remarks>
internal sealed class ResumableUpload(GoogleClient client, UploadBody body, RequestKind kind)
{
    private const int ResumeIncomplete = 308;

    private readonly RequestKind _session = kind with { Subject = GoogleSubject.Session, AlsoAccepts = ResumeIncomplete };

    /// <summary>Sends the bytes.</summary>
    /// <param name="start">The request that starts the session.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The document of the stored object. Dispose it.</returns>
    public async Task<GoogleDocument> SendAsync(HttpRequestMessage start, CancellationToken cancellationToken)
    {
        var session = await StartAsync(start, cancellationToken).ConfigureAwait(false);
        long offset = 0;
        while (true)
        {
            (GoogleDocument? Done, long Kept) step;
            try
            {
                step = await PutAsync(session, offset, cancellationToken).ConfigureAwait(false);
            }
            catch (CloudException exception) when (exception.Code == CloudErrorCode.Unavailable && exception.StatusCode is not ((int)HttpStatusCode.NotFound or (int)HttpStatusCode.Gone))
            {
                step = await AskAsync(session, exception, cancellationToken).ConfigureAwait(false);
                if (step.Done is null && step.Kept <= offset)
                {
                    throw;
                }
            }

            if (step.Done is { } done)
            {
                return done;
            }

            offset = step.Kept > offset && step.Kept <= body.Length
                ? step.Kept
                : throw new CloudException(CloudErrorCode.Unavailable, $"The store keeps {step.Kept} bytes of the upload and takes no more; it is started anew.");
        }
    }

    private async Task<Uri> StartAsync(HttpRequestMessage start, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(start, kind with { IsWrite = false }, cancellationToken).ConfigureAwait(false);
        return GoogleHeaders.Get(response.Headers, "Location") is { } location && Uri.IsWellFormedUriString(location, UriKind.Absolute)
            ? GoogleUrl.Create(location)
            : throw new CloudException(CloudErrorCode.Unknown, "The store started a resumable upload and did not say where.");
    }

    private async Task<(GoogleDocument? Done, long Kept)> PutAsync(Uri session, long offset, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(HttpMethod.Put, session) { Content = new BodyRangeContent(body, offset) };
        message.Content.Headers.TryAddWithoutValidation("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {offset}-{body.Length - 1}/{body.Length}"));
        return await ExchangeAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks where the session stands after its reply was lost. If that fails too, the first failure is the one to tell.</summary>
    private async Task<(GoogleDocument? Done, long Kept)> AskAsync(Uri session, CloudException lost, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(HttpMethod.Put, session) { Content = new UploadContent(null) };
        message.Content.Headers.TryAddWithoutValidation("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{body.Length}"));
        try
        {
            return await ExchangeAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.IsTransient)
        {
            throw lost;
        }
    }

    private async Task<(GoogleDocument? Done, long Kept)> ExchangeAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        // The address of a session is itself a credential; the token goes only where tokens go anyhow.
        var isOurs = message.RequestUri!.Authority == client.Endpoint.Authority;
        using var response = await client.SendAsync(message, _session with { IsUnauthorized = !isOurs }, cancellationToken).ConfigureAwait(false);
        return (int)response.StatusCode == ResumeIncomplete
            ? (null, ReadKept(response))
            : (await client.ReadDocumentAsync(response, _session, cancellationToken).ConfigureAwait(false), body.Length);
    }

    /// <summary>Reads <c>Range: bytes=0-999</c>, which is not there while nothing is kept.</summary>
    private static long ReadKept(HttpResponseMessage response)
    {
        var range = GoogleHeaders.Get(response.Headers, "Range") ?? "";
        return range.LastIndexOf('-') is var dash and >= 0 && long.TryParse(range.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last + 1 : 0;
    }
}
