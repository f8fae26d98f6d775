using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>Signs and sends calls of RPC style, one at a time and never again: a refusal that taught the time is raised as transient, for the engine's retry to sign anew.</summary>
internal sealed class RpcClient(RpcEndpoints endpoints, S3CredentialSource credentials, ServerClock clock, HttpMessageInvoker http) : IDisposable
{
    private readonly Acs3Sender _sender = new(clock, http);

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
        var body = await _sender.SendAsync(request, call.Service.Setting, call.IsWrite, EcsErrors.Create, cancellationToken).ConfigureAwait(false);
        return Read(body, type, endpoint, call);
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
}
