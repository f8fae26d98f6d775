using System.Text.Json;

namespace SkyCompat.Alibaba;

/// <summary>Sends the requests that fetch credentials, each within a time of its own. Neither requests nor replies are ever repeated in an error, for they hold secrets.</summary>
internal sealed class CredentialHttp(Func<HttpMessageInvoker> http, TimeProvider time)
{
    /// <summary>Sends a request.</summary>
    /// <param name="request">The request; disposed.</param>
    /// <param name="service">Who is asked, for errors.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The text of a successful reply.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unavailable"/>: no answer, or a failure of the service; <see cref="CloudErrorCode.Unauthenticated"/>: a refusal.</exception>
    public async Task<string> SendAsync(HttpRequestMessage request, string service, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var message = request;
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var invoker = http();
            using var response = await invoker.SendAsync(message, either.Token).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? text : throw Refused(service, (int)response.StatusCode, text);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw new CloudException(
                CloudErrorCode.Unavailable, $"{service} at {message.RequestUri!.Authority} does not answer{(deadline.IsCancellationRequested ? $" within {limit.TotalSeconds:0} seconds" : "")}: {exception.Message}", exception)
            {
                Scope = ErrorScope.Cloud,
            };
        }
    }

    private static CloudException Refused(string service, int status, string text)
    {
        string? code = null, said = null, id = null;
        try
        {
            using var document = JsonDocument.Parse(text);
            code = Text(document.RootElement, "Code");
            said = Text(document.RootElement, "Message");
            id = Text(document.RootElement, "RequestId");
        }
        catch (JsonException)
        {
            // The status alone says enough.
        }

        var isThrottled = status == 429 || code?.StartsWith("Throttling", StringComparison.Ordinal) == true;
        return new CloudException(
            isThrottled ? CloudErrorCode.Throttled : status >= 500 ? CloudErrorCode.Unavailable : CloudErrorCode.Unauthenticated,
            $"{service} gives no credentials.{(said is null ? "" : $" It says: {said}")}")
        {
            Scope = ErrorScope.Cloud,
            StatusCode = status,
            ProviderCode = code,
            RequestId = id,
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
