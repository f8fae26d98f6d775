using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>Signs and sends calls of RPC style, one at a time and never again: a refusal that taught the time is raised as transient, for the engine's retry to sign anew.</summary>
internal sealed class RpcClient(RpcEndpoints endpoints, S3CredentialSource credentials, ServerClock clock, HttpMessageInvoker http) : IDisposable
{
    /// <summary>Sends a call whose reply does not matter.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CloudException">It was refused, or not answered.</exception>
    public Task SendAsync(RpcCall call, CancellationToken cancellationToken) => SendAsync(call, ComputeJson.Default.RpcReply, cancellationToken);

    /// <summary>Sends a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="type">What the reply is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The reply.</returns>
    /// <exception cref="CloudException">It was refused, or not answered.</exception>
    public async Task<TReply> SendAsync<TReply>(RpcCall call, JsonTypeInfo<TReply> type, CancellationToken cancellationToken)
    {
        var endpoint = EndpointOf(call.Service, call.Region);
        var signer = await credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        using var request = Acs3Request.Create(endpoint, call.Action, call.Service.Version, call.Parameters, signer, clock.Now);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.Create(exception, endpoint.Authority, call.Service.Setting, call.IsWrite);
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
                throw TransportErrors.CreateForReply(exception, endpoint.Authority, call.IsWrite);
            }

            return response.IsSuccessStatusCode ? Read(body, type, endpoint, call) : throw Refused(response, body, call);
        }
    }

    /// <summary>Where a service answers.</summary>
    public Uri EndpointOf(RpcService service, string region) => endpoints.Of(service, region);

    public void Dispose() => http.Dispose();

    private static TReply Read<TReply>(byte[] body, JsonTypeInfo<TReply> type, Uri endpoint, RpcCall call)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw Foreign(null);
        }
        catch (JsonException exception)
        {
            throw Foreign(exception);
        }

        // A proxy's page, or a document that broke off: what was asked may have been done.
        CloudException Foreign(Exception? cause) => new(CloudErrorCode.Unavailable, $"{endpoint.Authority} did not answer {call.Action} with the document it should: check {call.Service.Setting} and proxies.", cause)
        {
            MayHaveTakenEffect = call.IsWrite,
        };
    }

    private CloudException Refused(HttpResponseMessage response, byte[] body, RpcCall call)
    {
        RpcErrorReply? error = null;
        try
        {
            error = JsonSerializer.Deserialize(body, ComputeJson.Default.RpcErrorReply);
        }
        catch (JsonException)
        {
            // The status alone says enough.
        }

        return EcsErrors.Create(new RpcFailure
        {
            Status = (int)response.StatusCode,
            Code = error?.Code,
            Message = error?.Message,
            RequestId = error?.RequestId,
            RetryAfter = RpcHeaders.RetryAfter(response.Headers),
            Learned = EcsErrors.IsAboutTime(error?.Code) && response.Headers.Date is { } serverTime && clock.Learn(serverTime),
            IsWrite = call.IsWrite,
        });
    }
}
