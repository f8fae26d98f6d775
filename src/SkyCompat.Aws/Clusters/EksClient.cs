using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.S3;

namespace SkyCompat.Aws;

/// <summary>Signs and sends requests to EKS, each once, and tells errors from successes.</summary>
internal sealed class EksClient(EksContext context)
{
    private readonly SigV4Signer _signer = new("eks");

    public EksContext Context { get; } = context;

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken, params (string Name, string? Value)[] query) => SendAsync(HttpMethod.Get, path, null, query, cancellationToken);

    public Task<JsonElement> PostAsync(string path, JsonObject body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, body, [], cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, null, [], cancellationToken);

    /// <summary>Reads something; undefined if there is none.</summary>
    public async Task<JsonElement> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request })
        {
            return default;
        }
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body, (string Name, string? Value)[] query, CancellationToken cancellationToken)
    {
        var isWrite = method != HttpMethod.Get;
        var credentials = await Context.Credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        using var request = Create(method, path, body, query, credentials);
        HttpResponseMessage response;
        try
        {
            response = await Context.Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.Create(exception, Context.Endpoint.Authority, nameof(AwsOptions.EksEndpoint), isWrite);
        }

        using (response)
        {
            byte[] bytes;
            try
            {
                bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
            {
                throw TransportErrors.CreateForReply(exception, Context.Endpoint.Authority, isWrite);
            }

            return response.IsSuccessStatusCode ? Read(bytes, isWrite) : throw EksErrors.Create(EksFailure.Read(response, bytes, Context.Clock), isWrite);
        }
    }

    private HttpRequestMessage Create(HttpMethod method, string path, JsonObject? body, (string Name, string? Value)[] query, S3Credentials credentials)
    {
        var bytes = body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString());
        var payload = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var stamp = _signer.FormatStamp(Context.Clock.Now);
        var text = string.Join('&', query.Where(pair => pair.Value is not null).OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={UriCharacters.Encode(pair.Value!, keepSlash: false)}"));
        var request = new HttpRequestMessage(method, $"{Context.Endpoint.GetLeftPart(UriPartial.Authority)}{path}{(text.Length > 0 ? "?" : "")}{text}");
        var headers = new List<NameValue> { new("host", Context.Endpoint.Authority), new("x-amz-content-sha256", payload), new("x-amz-date", stamp) };
        if (credentials.SessionToken is { } token)
        {
            headers.Add(new NameValue("x-amz-security-token", token));
        }

        foreach (var header in headers)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        request.Headers.TryAddWithoutValidation("authorization", _signer.Authorize(credentials, new SigningInput
        {
            Method = method.Method,
            Path = path,
            Query = text,
            Headers = headers.ToArray(),
            Payload = payload,
            Region = Context.Region,
            Stamp = stamp,
        }));
        return request;
    }

    private JsonElement Read(byte[] bytes, bool isWrite)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            // A proxy's page, or a document that broke off: what was asked may have been done.
            throw new CloudException(
                CloudErrorCode.Unavailable, $"{Context.Endpoint.Authority} did not answer with the document it should: check {nameof(AwsOptions.EksEndpoint)} and proxies.", exception)
            {
                MayHaveTakenEffect = isWrite,
            };
        }
    }
}
