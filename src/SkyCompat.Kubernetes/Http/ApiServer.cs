using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SkyCompat.Clusters;

namespace SkyCompat.Kubernetes;

/// <summary>The API server of a cluster: JSON in, JSON out, errors of the table.</summary>
internal sealed class ApiServer(Func<CancellationToken, Task<ClusterAccess>> open) : IDisposable
{
    private readonly ClusterHandler _handler = new(open);
    private HttpMessageInvoker? _http;

    /// <summary>For native clients, which send as SkyCompat does.</summary>
    public HttpMessageHandler Handler => _handler;

    private HttpMessageInvoker Http => _http ??= new HttpMessageInvoker(_handler, disposeHandler: false);

    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, null, cancellationToken);

    /// <summary>Null where there is nothing at the path.</summary>
    public async Task<JsonObject?> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.NotFound, StatusCode: 404 })
        {
            return null;
        }
    }

    public async Task<JsonObject> SendAsync(HttpMethod method, string path, string? body, string? contentType, CancellationToken cancellationToken)
    {
        using var reply = await OpenAsync(CreateRequest(method, path, body, contentType), cancellationToken).ConfigureAwait(false);
        try
        {
            var stream = await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                return await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false) as JsonObject
                    ?? throw NotJson(null);
            }
        }
        catch (JsonException exception)
        {
            throw NotJson(exception);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.CreateForReply(exception, _handler.Authority, isWrite: method != HttpMethod.Get);
        }
    }

    /// <summary>Opens a reply that is read bit by bit.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken) => OpenAsync(CreateRequest(HttpMethod.Get, path, null, null), cancellationToken);

    /// <summary>Sends a request.</summary>
    /// <returns>A reply of success, or of another protocol that was asked for; disposed by the caller.</returns>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage reply;
        try
        {
            reply = await Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw KubernetesErrors.OfTransport(exception, _handler.Authority, isWrite: request.Method != HttpMethod.Get);
        }

        if (reply.IsSuccessStatusCode || reply.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            return reply;
        }

        using (reply)
        {
            throw await KubernetesErrors.OfReplyAsync(reply, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _http?.Dispose();
        _handler.Dispose();
    }

    private static HttpRequestMessage CreateRequest(HttpMethod method, string path, string? body, string? contentType)
    {
        var request = new HttpRequestMessage(method, new Uri(ClusterHandler.Placeholder, path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType ?? "application/json");
        }

        return request;
    }

    private CloudException NotJson(Exception? cause) =>
        new(CloudErrorCode.Unavailable, $"What {_handler.Authority} answered is not of Kubernetes: something on the way answers in its place. Check the server's address.", cause) { Scope = ErrorScope.Cloud, IsTransient = false };
}
