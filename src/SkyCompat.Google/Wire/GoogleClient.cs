using System.Runtime.CompilerServices;

namespace SkyCompat.Google;

/// <summary>Authorizes and sends requests, one at a time and never again: a refusal that taught something (the time, that a token has ended) is raised as transient, for the engine's retry.</summary>
internal sealed class GoogleClient(GoogleContext context)
{
    public GoogleContext Context { get; } = context;

    public GoogleEndpoint Endpoint => Context.Endpoint;

    /// <summary>Sends a request.</summary>
    /// <param name="message">The request; disposed when its reply has come.</param>
    /// <param name="kind">What errors depend on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The reply, its headers read; a success or the status that the request also accepts. Dispose it.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage message, RequestKind kind, CancellationToken cancellationToken)
    {
        using var sent = message;
        var token = kind.IsUnauthorized ? null : await Context.Tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        if (token is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", token.Authorization);
        }

        HttpResponseMessage response;
        try
        {
            response = await Context.Http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.Create(exception, Endpoint.Authority, "Endpoint", kind.IsWrite);
        }

        if (response.IsSuccessStatusCode || (int)response.StatusCode == kind.AlsoAccepts)
        {
            token?.WasAccepted = true;
            return response;
        }

        using (response)
        {
            throw await ReadErrorAsync(kind, response, token, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a request whose reply is a document.</summary>
    /// <param name="message">The request.</param>
    /// <param name="kind">What errors depend on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The document. Dispose it.</returns>
    public async Task<GoogleDocument> SendForDocumentAsync(HttpRequestMessage message, RequestKind kind, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(message, kind, cancellationToken).ConfigureAwait(false);
        return await ReadDocumentAsync(response, kind, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the document of a reply whose status is a success, which its content may yet deny.</summary>
    /// <param name="response">The reply.</param>
    /// <param name="kind">What errors depend on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The document. Dispose it.</returns>
    public async Task<GoogleDocument> ReadDocumentAsync(HttpResponseMessage response, RequestKind kind, CancellationToken cancellationToken)
    {
        GoogleDocument document;
        try
        {
            document = await GoogleDocument.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.CreateForReply(exception, Endpoint.Authority, kind.IsWrite);
        }

        if (!document.IsXmlError)
        {
            return document;
        }

        using (document)
        {
            throw CreateError(kind, response, document.ReadError(), null);
        }
    }

    /// <summary>Sends a request of whose reply only success counts.</summary>
    public async Task SendForStatusAsync(HttpRequestMessage message, RequestKind kind, CancellationToken cancellationToken) =>
        (await SendAsync(message, kind, cancellationToken).ConfigureAwait(false)).Dispose();

    /// <summary>Makes the error of a reply whose status was accepted, for a caller that decides by what it says.</summary>
    public CloudException CreateError(HttpResponseMessage response, GoogleDocument document, RequestKind kind) => CreateError(kind, response, document.ReadError(), null);

    private async Task<CloudException> ReadErrorAsync(RequestKind kind, HttpResponseMessage response, GoogleToken? token, CancellationToken cancellationToken)
    {
        GoogleErrorDocument error = default;
        try
        {
            using var document = await GoogleDocument.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            error = document.ReadError();
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            // The status alone says enough.
        }

        return CreateError(kind, response, error, token);
    }

    private CloudException CreateError(RequestKind kind, HttpResponseMessage response, in GoogleErrorDocument document, GoogleToken? token)
    {
        var refusal = Refusal.Learn(response, token, Context.Tokens, Context.Clock);
        var requestId = GoogleHeaders.RequestId(response);
        return GoogleErrors.Create(
            new GoogleFailure
            {
                Status = (int)response.StatusCode,
                Code = document.Code,
                Message = document.Message,
                // A reply with Google's mark is the store's, whatever its body.
                IsForeign = document.IsForeign && requestId is null,
                RequestId = requestId,
                RetryAfter = GoogleHeaders.RetryAfter(response, Context.Clock),
                IsSkewed = refusal.IsSkewed,
                IsCured = refusal.IsCured,
            },
            kind);
    }
}
