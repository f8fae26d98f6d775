using System.Text.Json;

namespace SkyCompat.Alibaba;

/// <summary>Sends signed requests to management interfaces, each once, and tells refusals from replies.</summary>
internal sealed class Acs3Sender(ServerClock clock, HttpMessageInvoker http)
{
    /// <summary>Makes the error of a refusal.</summary>
    public delegate CloudException ErrorTable(in RpcFailure failure);

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request, signed.</param>
    /// <param name="setting">The setting that names another endpoint, for messages.</param>
    /// <param name="isWrite">Whether it changes something.</param>
    /// <param name="errors">Makes the error of a refusal.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The body of the reply.</returns>
    /// <exception cref="CloudException">It was refused, or not answered.</exception>
    public async Task<byte[]> SendAsync(HttpRequestMessage request, string setting, bool isWrite, ErrorTable errors, CancellationToken cancellationToken)
    {
        var authority = request.RequestUri!.Authority;
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.Create(exception, authority, setting, isWrite);
        }

        using (response)
        {
            byte[] body;
            try
            {
                body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
            {
                throw TransportErrors.CreateForReply(exception, authority, isWrite);
            }

            return response.IsSuccessStatusCode ? body : throw errors(ReadFailure(response, body, isWrite));
        }
    }

    private RpcFailure ReadFailure(HttpResponseMessage response, byte[] body, bool isWrite)
    {
        string? code = null, message = null, requestId = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = document.RootElement;

            // Interfaces of RPC style spell these with capitals, those of ROA style mostly without.
            (code, message) = (error.Text("Code") ?? error.Text("code"), error.Text("Message") ?? error.Text("message"));
            requestId = error.Text("RequestId") ?? error.Text("requestId") ?? error.Text("request_id");
        }
        catch (JsonException)
        {
            // The status alone says enough.
        }

        return new RpcFailure
        {
            Status = (int)response.StatusCode,
            Code = code,
            Message = message,
            RequestId = requestId,
            RetryAfter = RpcHeaders.RetryAfter(response.Headers),
            Learned = EcsErrors.IsAboutTime(code) && response.Headers.Date is { } serverTime && clock.Learn(serverTime),
            IsWrite = isWrite,
        };
    }
}
