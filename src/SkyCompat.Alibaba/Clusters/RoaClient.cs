using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkyCompat.Alibaba;

/// <summary>Signs and sends requests of ROA style to ACK.</summary>
internal sealed class RoaClient(AckContext context)
{
    private const string Version = "2015-12-15";

    private readonly Acs3Sender _sender = new(context.Clock, context.Http);

    public AckContext Context { get; } = context;

    public Task<JsonElement> GetAsync(string action, string path, CancellationToken cancellationToken, params (string Name, string Value)[] query) =>
        SendAsync(HttpMethod.Get, action, path, null, cancellationToken, query);

    /// <summary>Reads something; undefined if there is none.</summary>
    public async Task<JsonElement> TryGetAsync(string action, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(action, path, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request })
        {
            return default;
        }
    }

    public async Task<JsonElement> SendAsync(HttpMethod method, string action, string path, JsonObject? body, CancellationToken cancellationToken, params (string Name, string Value)[] query)
    {
        var isWrite = method != HttpMethod.Get;
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in query)
        {
            parameters[name] = value;
        }

        var signer = await Context.Credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        using var request = Acs3Request.CreateRoa(
            method, Context.Endpoint, path, action, Version, parameters, body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString()), signer, Context.Clock.Now);
        var bytes = await _sender.SendAsync(request, nameof(AlibabaOptions.AckEndpoint), isWrite, AckErrors.Create, cancellationToken).ConfigureAwait(false);
        return Read(bytes, action, isWrite);
    }

    private JsonElement Read(byte[] bytes, string action, bool isWrite)
    {
        if (bytes.Length == 0)
        {
            // Some operations answer with nothing but their status.
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new CloudException(
                CloudErrorCode.Unavailable, $"{Context.Endpoint.Authority} did not answer {action} with the document it should: check {nameof(AlibabaOptions.AckEndpoint)} and proxies.", exception)
            {
                MayHaveTakenEffect = isWrite,
            };
        }
    }
}
