using System.Net;
using System.Runtime.CompilerServices;

namespace SkyCompat.Azure;

/// <summary>Authorizes and sends the requests of one container or of the account, one at a time and never again: a refusal that taught the time is raised as transient, for the engine's retry to sign anew.</summary>
internal sealed class AzureClient(AzureContext context, string? container)
{
    /// <summary>The version of the protocol that the requests here are written for.</summary>
    public const string ApiVersion = "2024-08-04";

    public AzureContext Context { get; } = context;

    /// <summary>The container; null for the account.</summary>
    public string? Container { get; } = container;

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The reply, its headers read; a success, or a missing blob if the request accepts that. Dispose it.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<HttpResponseMessage> SendAsync(AzureRequest request, CancellationToken cancellationToken)
    {
        var token = Context.Access.Tokens is { } tokens ? await tokens.GetAsync(cancellationToken).ConfigureAwait(false) : null;
        using var message = Assemble(request, token);
        request.Release();
        HttpResponseMessage response;
        try
        {
            response = await Context.Http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.Create(exception, Context.Endpoint.Authority, "BlobServiceUri or AccountName", request.IsWrite);
        }

        if (response.IsSuccessStatusCode || (request.AcceptNotFound && IsMissingBlob(response)))
        {
            return response;
        }

        using (response)
        {
            throw await ReadErrorAsync(request, response, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a request whose reply is a document.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The document. Dispose it.</returns>
    public async Task<AzureDocument> SendForDocumentAsync(AzureRequest request, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await ReadDocumentAsync(request, response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the document of a reply.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">The reply.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The document. Dispose it.</returns>
    public async Task<AzureDocument> ReadDocumentAsync(AzureRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await AzureDocument.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.CreateForReply(exception, Context.Endpoint.Authority, request.IsWrite);
        }
    }

    /// <summary>Sends a request of whose reply only success counts.</summary>
    public async Task SendForStatusAsync(AzureRequest request, CancellationToken cancellationToken) =>
        (await SendAsync(request, cancellationToken).ConfigureAwait(false)).Dispose();

    private static bool IsMissingBlob(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.NotFound && AzureHeaders.Get(response.Headers, "x-ms-error-code") is "BlobNotFound" or "ResourceNotFound" or "PathNotFound";

    private async Task<CloudException> ReadErrorAsync(AzureRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        (string? Code, string? Message, string? Detail) error = default;
        var hasBody = false;
        try
        {
            using var document = await AzureDocument.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            hasBody = !document.Bytes.IsEmpty;
            error = document.ReadError();
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            // The status alone says enough.
        }

        var requestId = AzureHeaders.RequestId(response);
        var code = AzureHeaders.Get(response.Headers, "x-ms-error-code") ?? error.Code;
        var learned = response.StatusCode == HttpStatusCode.Forbidden && code is null or "AuthenticationFailed"
            && Context.Access.Key is not null && response.Headers.Date is { } serverTime && Context.Clock.Learn(serverTime);
        return AzureErrors.Create(
            new AzureFailure
            {
                Status = (int)response.StatusCode,
                Code = code,
                Message = error.Message,
                AuthenticationDetail = error.Detail,
                RequestId = requestId,
                RetryAfter = AzureHeaders.RetryAfter(response, Context.Clock),
                Learned = learned,
                // A reply with a request id is the service's, whatever its body.
                IsForeign = hasBody && code is null && requestId is null,
            },
            request.Subject,
            request.Condition,
            request.IsWrite);
    }

    private HttpRequestMessage Assemble(AzureRequest request, string? token)
    {
        if (request.Key is not null)
        {
            BlobKeys.Check(request.Key, request.IsCreation);
        }

        var access = Context.Access;
        request.AddHeader("x-ms-date", AzureHeaders.FormatDate(Context.Clock.Now));
        request.AddHeader("x-ms-version", ApiVersion);
        request.Sort();
        var url = new TextBuilder(stackalloc char[512]);
        try
        {
            url.Append(Context.Endpoint.Origin);
            Context.Endpoint.AppendPath(ref url, request.IsAboutAccount ? null : Container, request.Key);
            var path = Context.Endpoint.Origin.Length..url.Length;
            var authorization = token ?? access.Key?.Authorize(
                request.Method.Method, request.Body?.Length, request.ContentType, url.Written[path], request.Headers, request.Query);
            AppendQuery(ref url, request.Query, access.Sas);
            return Assemble(request, AzureEndpoint.CreateUri(url.ToString()), authorization);
        }
        finally
        {
            url.Dispose();
        }
    }

    private static void AppendQuery(ref TextBuilder url, ReadOnlySpan<NameValue> query, string? sas)
    {
        var separator = '?';
        foreach (var parameter in query)
        {
            url.Append(separator);
            url.AppendEncoded(parameter.Name, keepSlash: false);
            url.Append('=');
            url.AppendEncoded(parameter.Value, keepSlash: false);
            separator = '&';
        }

        if (sas is not null)
        {
            url.Append(separator);
            url.Append(sas);
        }
    }

    private static HttpRequestMessage Assemble(AzureRequest request, Uri uri, string? authorization)
    {
        var message = new HttpRequestMessage(request.Method, uri);
        if (request.Body is not null || request.Method == HttpMethod.Put || request.Method == HttpMethod.Post)
        {
            message.Content = new UploadContent(request.Body);
            if (request.ContentType is { } type)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
        }

        foreach (var header in request.Headers)
        {
            // Values were made by the driver or checked by the engine, so validation would only cost. The few that the HTTP stack keeps with the body go there.
            if (!message.Headers.TryAddWithoutValidation(header.Name, header.Value))
            {
                message.Content?.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
        }

        if (authorization is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return message;
    }
}
