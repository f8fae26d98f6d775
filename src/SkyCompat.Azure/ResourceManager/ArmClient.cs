using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkyCompat.Azure;

/// <summary>Sends requests to Azure Resource Manager, each once, and tells errors from successes. Knows no resource: whatever speaks to it shares this client.</summary>
internal sealed class ArmClient(ArmContext context)
{
    private const int MaxBytes = 128 << 20;
    private readonly string _origin = context.Endpoint.GetLeftPart(UriPartial.Authority);

    public ArmContext Context { get; } = context;

    /// <summary>The subscription and resource group.</summary>
    public ArmScope Scope => Context.Scope;

    public string Authority => Context.Endpoint.Authority;

    /// <summary>Sends a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, encoded.</param>
    /// <param name="version">The interface's version.</param>
    /// <param name="query">Further parameters, encoded; null for none.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The reply.</returns>
    public Task<ArmReply> SendAsync(HttpMethod method, string path, string version, string? query, JsonNode? body, ArmSubject subject, CancellationToken cancellationToken) =>
        SendAsync(method, Resolve($"{_origin}{path}?api-version={version}{(query is null ? "" : "&" + query)}"), body, subject, cancellationToken);

    /// <summary>Sends a request to an address that an earlier reply named.</summary>
    public async Task<ArmReply> SendAsync(HttpMethod method, Uri uri, JsonNode? body, ArmSubject subject, CancellationToken cancellationToken)
    {
        var isWrite = method != HttpMethod.Get;
        var token = await Context.Tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(method, uri);
        request.Headers.TryAddWithoutValidation("Authorization", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var response = await SendAsync(request, isWrite, cancellationToken).ConfigureAwait(false);
        var bytes = await ReadAsync(response, isWrite, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return Read(response, bytes);
        }

        var failure = ArmFailure.Read(response, bytes, Context.Clock);
        if (failure is { Status: (int)HttpStatusCode.Unauthorized, Code: ArmErrors.ExpiredToken })
        {
            // The next attempt signs in anew, whatever the token itself says of its end.
            Context.Tokens.Forget(token);
        }

        throw ArmErrors.Create(failure, subject, isWrite);
    }

    /// <summary>An address that the service, or whoever named an image, gave: it must be the service's own, since the token is sent to it.</summary>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/>: it is not.</exception>
    public Uri Resolve(string link) =>
        Uri.TryCreate(Context.Endpoint, link, out var uri) && uri.GetLeftPart(UriPartial.Authority).Equals(_origin, StringComparison.OrdinalIgnoreCase)
            ? uri
            : throw new CloudException(CloudErrorCode.InvalidArgument, $"An address is not one of {Authority}, so no token is sent to it.");

    private static ArmReply Read(HttpResponseMessage response, byte[] bytes)
    {
        JsonElement body = default;
        if (bytes.AsSpan().ContainsAnyExcept((byte)' ', (byte)'\r', (byte)'\n'))
        {
            try
            {
                using var document = JsonDocument.Parse(bytes);
                body = document.RootElement.Clone();
            }
            catch (JsonException exception)
            {
                throw new CloudException(CloudErrorCode.Unknown, "The reply is not valid JSON: something on the way answered in the service's place.", exception)
                {
                    StatusCode = (int)response.StatusCode,
                };
            }
        }

        return new ArmReply((int)response.StatusCode, body)
        {
            Operation = AzureHeaders.Get(response.Headers, "Azure-AsyncOperation") ?? (response.StatusCode == HttpStatusCode.Accepted ? AzureHeaders.Get(response.Headers, "Location") : null),
        };
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool isWrite, CancellationToken cancellationToken)
    {
        try
        {
            return await Context.Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.Create(exception, Authority, nameof(AzureOptions.ResourceManagerEndpoint), isWrite);
        }
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, bool isWrite, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken).ConfigureAwait(false);
            return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.CreateForReply(exception, Authority, isWrite);
        }
    }
}
