using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SkyCompat.Google;

/// <summary>Authorizes and sends requests to Compute Engine, one at a time and never again.</summary>
internal sealed class GceClient(GceContext context)
{
    public GceContext Context { get; } = context;

    /// <summary>Reads something.</summary>
    /// <param name="path">Its address below the project, encoded, with its query.</param>
    /// <param name="type">How to read it.</param>
    /// <param name="subject">What errors depend on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, GceSubject subject, CancellationToken cancellationToken)
        where T : class =>
        (await SendAsync(HttpMethod.Get, Below(path), null, type, subject, mayBeMissing: false, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Reads something; null if there is none.</summary>
    public Task<T?> TryGetAsync<T>(string path, JsonTypeInfo<T> type, GceSubject subject, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(HttpMethod.Get, Below(path), null, type, subject, mayBeMissing: true, cancellationToken);

    /// <summary>Reads something of any project, such as those that images are published in; null if there is none.</summary>
    public Task<T?> TryGetAnywhereAsync<T>(string projectPath, JsonTypeInfo<T> type, GceSubject subject, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(HttpMethod.Get, $"{Context.Root[..^"/projects".Length]}/{projectPath}", null, type, subject, mayBeMissing: true, cancellationToken);

    /// <summary>Asks for something to be made.</summary>
    public async Task<GceOperation> PostAsync<T>(string path, T body, JsonTypeInfo<T> type, GceSubject subject, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, Below(path), Content(body, type), GceJson.Default.GceOperation, subject, mayBeMissing: false, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Asks for something to be done.</summary>
    public async Task<GceOperation> PostAsync(string path, GceSubject subject, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, Below(path), null, GceJson.Default.GceOperation, subject, mayBeMissing: false, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Asks for something to be made otherwise than it is.</summary>
    public async Task<GceOperation> PutAsync<T>(string path, T body, JsonTypeInfo<T> type, GceSubject subject, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Put, Below(path), Content(body, type), GceJson.Default.GceOperation, subject, mayBeMissing: false, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Asks for something to be deleted; null if there is nothing.</summary>
    public Task<GceOperation?> TryDeleteAsync(string path, GceSubject subject, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, Below(path), null, GceJson.Default.GceOperation, subject, mayBeMissing: true, cancellationToken);

    private string Below(string path) => path.Length == 0 ? $"{Context.Root}/{Context.ProjectId}" : $"{Context.Root}/{Context.ProjectId}/{path}";

    private static ByteArrayContent Content<T>(T body, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return content;
    }

    private async Task<T?> SendAsync<T>(HttpMethod method, string url, HttpContent? content, JsonTypeInfo<T> type, GceSubject subject, bool mayBeMissing, CancellationToken cancellationToken)
        where T : class
    {
        using var message = new HttpRequestMessage(method, GoogleUrl.Create(url)) { Content = content };
        var isWrite = method != HttpMethod.Get;
        var token = await Context.Tokens.GetAsync(cancellationToken).ConfigureAwait(false);
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
            throw TransportErrors.Create(exception, Context.Authority, nameof(GoogleOptions.ComputeEndpoint), isWrite);
        }

        using (response)
        {
            if (response.IsSuccessStatusCode)
            {
                token?.WasAccepted = true;
                return await ReadAsync(response, type, isWrite, cancellationToken).ConfigureAwait(false);
            }

            var error = await ReadErrorAsync(response, token, subject, isWrite, cancellationToken).ConfigureAwait(false);
            return mayBeMissing && error is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request } ? null : throw error;
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, bool isWrite, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var document = await GoogleDocument.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            return document.ReadJson(type);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.CreateForReply(exception, Context.Authority, isWrite);
        }
    }

    private async Task<CloudException> ReadErrorAsync(HttpResponseMessage response, GoogleToken? token, GceSubject subject, bool isWrite, CancellationToken cancellationToken)
    {
        GoogleErrorDocument document = default;
        try
        {
            using var read = await GoogleDocument.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            document = read.ReadError();
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            // The status alone says enough.
        }

        var refusal = Refusal.Learn(response, token, Context.Tokens, Context.Clock);
        return GceErrors.Create(
            new GoogleFailure
            {
                Status = (int)response.StatusCode,
                Code = document.Code,
                Message = document.Message,
                IsForeign = document.IsForeign,
                RetryAfter = GoogleHeaders.RetryAfter(response, Context.Clock),
                IsSkewed = refusal.IsSkewed,
                IsCured = refusal.IsCured,
            },
            subject,
            isWrite);
    }
}
