using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace SkyCompat.Google;

/// <summary>Authorizes and sends requests to a management interface, one at a time and never again.</summary>
/// <param name="http">The connections.</param>
/// <param name="tokens">The credentials.</param>
/// <param name="clock">The time.</param>
/// <param name="authority">Host and port, for messages.</param>
/// <param name="setting">The setting that names another endpoint.</param>
internal sealed class GoogleRest(HttpMessageInvoker http, GoogleTokenSource tokens, ServerClock clock, string authority, string setting)
{
    public static ByteArrayContent Content(byte[] json)
    {
        var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return content;
    }

    /// <summary>Sends a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="url">The address, encoded.</param>
    /// <param name="content">The body.</param>
    /// <param name="type">How to read the reply.</param>
    /// <param name="error">Makes the error of a refusal.</param>
    /// <param name="mayBeMissing">Whether null is an answer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<T?> SendAsync<T>(
        HttpMethod method, string url, HttpContent? content, JsonTypeInfo<T> type, Func<GoogleFailure, bool, CloudException> error, bool mayBeMissing, CancellationToken cancellationToken)
        where T : class
    {
        using var message = new HttpRequestMessage(method, GoogleUrl.Create(url)) { Content = content };
        var isWrite = method != HttpMethod.Get;
        var token = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        if (token is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", token.Authorization);
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.Create(exception, authority, setting, isWrite);
        }

        using (response)
        {
            if (response.IsSuccessStatusCode)
            {
                token?.WasAccepted = true;
                return await ReadAsync(response, type, isWrite, cancellationToken).ConfigureAwait(false);
            }

            var raised = error(await ReadFailureAsync(response, token, cancellationToken).ConfigureAwait(false), isWrite);
            return mayBeMissing && raised is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request } ? null : throw raised;
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
            throw TransportErrors.CreateForReply(exception, authority, isWrite);
        }
    }

    private async Task<GoogleFailure> ReadFailureAsync(HttpResponseMessage response, GoogleToken? token, CancellationToken cancellationToken)
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

        var refusal = Refusal.Learn(response, token, tokens, clock);
        return new GoogleFailure
        {
            Status = (int)response.StatusCode,
            Code = document.Code,
            Message = document.Message,
            IsForeign = document.IsForeign,
            RetryAfter = GoogleHeaders.RetryAfter(response, clock),
            IsSkewed = refusal.IsSkewed,
            IsCured = refusal.IsCured,
        };
    }
}
