using System.Net;
using System.Runtime.CompilerServices;

namespace SkyCompat.S3;

/// <summary>Signs and sends the requests of one bucket, one at a time and never again: a refusal that taught something (the region, the time) is raised as transient, for the engine's retry to sign anew.</summary>
internal sealed class S3BucketClient(S3Context context, string bucket)
{
    private volatile S3Address _address = context.Endpoint.AddressOf(bucket, context.Endpoint.Region);

    public S3Context Context { get; } = context;

    public S3Profile Profile => Context.Profile;

    public string Bucket { get; } = bucket;

    public S3Address Address => _address;

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The reply, its headers read; a success, or 404 if the request accepts that. Dispose it.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<HttpResponseMessage> SendAsync(S3Request request, CancellationToken cancellationToken)
    {
        var credentials = await Context.Credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        using var message = Sign(request, credentials);
        request.Release();
        HttpResponseMessage response;
        try
        {
            response = await Context.Http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.Create(exception, Context.Endpoint.Authority, "Endpoint", request.IsWrite);
        }

        if (response.IsSuccessStatusCode || (request.AcceptNotFound && response.StatusCode == HttpStatusCode.NotFound))
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
    /// <returns>The document, which is not an error in disguise. Dispose it.</returns>
    public async Task<S3Document> SendForDocumentAsync(S3Request request, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return await ReadDocumentAsync(request, response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the document of a reply whose status is a success, which its content may yet deny.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">The reply.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The document, which is not an error in disguise. Dispose it.</returns>
    public async Task<S3Document> ReadDocumentAsync(S3Request request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        S3Document document;
        try
        {
            document = await S3Document.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.CreateForReply(exception, Context.Endpoint.Authority, request.IsWrite);
        }

        if (!document.IsError)
        {
            return document;
        }

        using (document)
        {
            throw CreateError(request, response, document.ReadError());
        }
    }

    /// <summary>Sends a request of whose reply only success counts.</summary>
    public async Task SendForStatusAsync(S3Request request, CancellationToken cancellationToken) =>
        (await SendAsync(request, cancellationToken).ConfigureAwait(false)).Dispose();

    private static bool IsClockRefusal(S3Request request, HttpResponseMessage response, in S3ErrorDocument document) =>
        document.Code is "RequestTimeTooSkewed" or "RequestExpired" ||
        (request.Method == HttpMethod.Head && response.StatusCode == HttpStatusCode.Forbidden);

    private async Task<CloudException> ReadErrorAsync(S3Request request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        S3ErrorDocument error = default;
        try
        {
            using var document = await S3Document.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            error = document.IsEmpty ? Context.Dialect.ReadErrorHeader(response) : document.ReadError();
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            // The status alone says enough.
        }

        return CreateError(request, response, error);
    }

    private CloudException CreateError(S3Request request, HttpResponseMessage response, in S3ErrorDocument document)
    {
        var learned = false;
        if (IsClockRefusal(request, response, document) && response.Headers.Date is { } serverTime)
        {
            learned = Context.Clock.Learn(serverTime);
        }

        var region = S3Headers.Get(response.Headers, Context.Dialect.BucketRegion) ?? document.Region;
        var address = _address;
        if (!string.IsNullOrEmpty(region) && region != address.Region && S3Errors.NamesRegion(response.StatusCode, document.Code))
        {
            _address = Context.Endpoint.AddressOf(Bucket, region);
            learned = true;
        }

        var requestId = S3Headers.RequestId(response);
        return Context.Dialect.CreateError(
            new S3Failure
            {
                Status = (int)response.StatusCode,
                Code = document.Code,
                Message = document.Message,
                // A reply with a request id is a store's, whatever its body.
                IsForeign = document.IsForeign && requestId is null,
                RequestId = requestId ?? document.RequestId,
                RetryAfter = S3Headers.RetryAfter(response, Context.Clock),
                Learned = learned,
                Region = region,
            },
            request.Subject,
            request.Condition,
            request.IsWrite);
    }

    private HttpRequestMessage Sign(S3Request request, S3Credentials credentials)
    {
        var address = _address;
        var signer = Context.Signer;
        var stamp = signer.FormatStamp(Context.Clock.Now);
        var payload = signer.PayloadOf(request.Body, Context.SignsPayload);
        signer.AddHeaders(request, address, credentials, payload, stamp);
        request.AddOptionalHeader("content-type", request.ContentType);
        request.Sort();

        var url = new TextBuilder(stackalloc char[512]);
        try
        {
            S3Url.Append(ref url, address, request.Key);
            var path = address.Origin.Length..url.Length;
            var queryStart = url.Length;
            if (!request.Query.IsEmpty)
            {
                queryStart++;
                S3Url.AppendQuery(ref url, request.Query, Context.Dialect.WritesEmptyValues);
            }

            var authorization = signer.Authorize(credentials, new SigningInput
            {
                Method = request.Method.Method,
                PathPrefix = address.SignedPrefix,
                Path = url.Written[path],
                Query = url.Written[queryStart..],
                Headers = request.Headers,
                Payload = payload,
                Region = address.Region,
                Stamp = stamp,
            });
            return Assemble(request, S3Url.Create(url.ToString()), authorization);
        }
        finally
        {
            url.Dispose();
        }
    }

    private static HttpRequestMessage Assemble(S3Request request, Uri uri, string authorization)
    {
        var message = new HttpRequestMessage(request.Method, uri);
        if (request.Body is not null || request.ContentType is not null || request.Method == HttpMethod.Put || request.Method == HttpMethod.Post)
        {
            message.Content = new UploadContent(request.Body);
        }

        foreach (var header in request.Headers)
        {
            if (header.Name == "host")
            {
                // The HTTP stack writes the same from the URL, and has it ready.
                continue;
            }

            // Values were made by the driver or checked by the engine, so validation would only cost. The few that the HTTP stack keeps with the body go there.
            if (!message.Headers.TryAddWithoutValidation(header.Name, header.Value))
            {
                message.Content?.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
        }

        message.Headers.TryAddWithoutValidation("authorization", authorization);
        return message;
    }
}
