using System.Net.Http.Headers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Internal;

/// <summary>Sends signed requests as anybody would who was given one: the method, the URL and the headers that it names, and nothing else.</summary>
internal static class BareClient
{
    public static Task<HttpResponseMessage> SendAsync(ConformanceHarness harness, SignedRequest signed, byte[]? body, CancellationToken cancellationToken) =>
        SendAsync(harness, signed.Method, signed.Url, signed.RequiredHeaders, body, cancellationToken);

    public static async Task<HttpResponseMessage> SendAsync(
        ConformanceHarness harness, string method, Uri url, IReadOnlyDictionary<string, string> headers, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                HttpHeaders contentHeaders = (request.Content ??= new ByteArrayContent([])).Headers;
                Expect.True(contentHeaders.TryAddWithoutValidation(name, value), $"the header {name} can be sent");
            }
        }

        // Whole replies, so that the caller may dispose them in any state.
        var reply = await harness.Http.SendAsync(request, cancellationToken);
        await reply.Content.LoadIntoBufferAsync(cancellationToken);
        return reply;
    }
}
