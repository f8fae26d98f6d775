using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkyCompat.Google;

/// <summary>Sends requests to Kubernetes Engine.</summary>
internal sealed class GkeClient(GkeContext context)
{
    private readonly GoogleRest _rest = new(context.Http, context.Tokens, context.Clock, context.Authority, nameof(GoogleOptions.ContainerEndpoint));

    public GkeContext Context { get; } = context;

    /// <summary>The path of the location.</summary>
    private string Place => Context.Location.Length > 0
        ? $"projects/{Context.ProjectId}/locations/{Context.Location}"
        : throw new CloudException(CloudErrorCode.InvalidArgument, "Clusters need a region or zone: set Region of the cloud, or Google:ClusterLocation.") { Scope = ErrorScope.Cloud };

    /// <summary>Reads something.</summary>
    /// <param name="path">Its address below the location, encoded.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => Root(await SendAsync(HttpMethod.Get, path, null, mayBeMissing: false, cancellationToken).ConfigureAwait(false));

    /// <summary>Reads something; undefined if there is none.</summary>
    public async Task<JsonElement> TryGetAsync(string path, CancellationToken cancellationToken) => Root(await SendAsync(HttpMethod.Get, path, null, mayBeMissing: true, cancellationToken).ConfigureAwait(false));

    /// <summary>Asks for a change.</summary>
    /// <returns>The name of the operation.</returns>
    public async Task<string?> ChangeAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken) =>
        Root(await SendAsync(method, path, body, mayBeMissing: method == HttpMethod.Delete, cancellationToken).ConfigureAwait(false)).Text("name");

    private Task<JsonDocument?> SendAsync(HttpMethod method, string path, JsonObject? body, bool mayBeMissing, CancellationToken cancellationToken) =>
        _rest.SendAsync(
            method,
            $"{Context.Root}/{Place}/{path}",
            body is null ? null : GoogleRest.Content(Encoding.UTF8.GetBytes(body.ToJsonString())),
            GkeJson.Default.JsonDocument,
            GkeErrors.Create,
            mayBeMissing,
            cancellationToken);

    private static JsonElement Root(JsonDocument? document)
    {
        using (document)
        {
            return document is null ? default : document.RootElement.Clone();
        }
    }
}
