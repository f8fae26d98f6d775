namespace SkyCompat.Aws;

/// <summary>Refuses web pages with a good status, such as the log-in page of a network: the SDK reads any document, and finds in it that nothing is there or that all went well.</summary>
internal sealed class Ec2ReplyGuard : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var reply = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        // Test servers send good replies by the name of html.
        if (reply.IsSuccessStatusCode && reply.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml" && await IsPageAsync(reply.Content, cancellationToken).ConfigureAwait(false))
        {
            reply.Dispose();
            throw new HttpRequestException(HttpRequestError.InvalidResponse, "The reply is a web page and not one of EC2's.");
        }

        return reply;
    }

    private static async Task<bool> IsPageAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        var text = await content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase);
    }
}
