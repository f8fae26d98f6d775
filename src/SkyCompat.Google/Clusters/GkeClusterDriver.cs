using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Clusters;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Google Kubernetes Engine.</summary>
internal sealed class GkeClusterDriver : ClusterDriver
{
    // The source of tokens keeps them and renews them before they end; it is asked again often enough to pass that on.
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(3);

    private readonly GkeClient _client;

    public GkeClusterDriver(GkeContext context)
    {
        _client = new GkeClient(context);
        NodePools = new GkeNodePools(_client);
    }

    public override CloudProvider Provider => CloudProvider.Google;

    public override ClusterCapabilities Capabilities { get; } = new()
    {
        Features = ClusterFeatures.List | ClusterFeatures.Lifecycle | ClusterFeatures.Upgrade | ClusterFeatures.NodePools | ClusterFeatures.Autoscale | ClusterFeatures.Spot | ClusterFeatures.EmptyPools,
        MaxPoolNameLength = 40,
        MaxPoolNodes = 1000,
        NeedsPool = true,
        CreatesPools = true,
        DeletesPools = true,
    };

    public override string Region => GceNames.RegionOf(_client.Context.IsRegional ? _client.Context.Location + "-a" : _client.Context.Location);

    public override TimeSpan PollInterval => TimeSpan.FromSeconds(10);

    public override string ServerAddress => _client.Context.Authority;

    public override NodePoolDriver NodePools { get; }

    public override async Task<IReadOnlyList<ClusterVersion>> ListVersionsAsync(CancellationToken cancellationToken)
    {
        var config = await _client.GetAsync("serverConfig", cancellationToken).ConfigureAwait(false);
        var standard = config.Text("defaultClusterVersion");
        return [.. config.Texts("validMasterVersions").Distinct(StringComparer.Ordinal).Select(version => new ClusterVersion(version, version == standard))];
    }

    public override async Task<ClusterInfo?> TryGetAsync(string name, CancellationToken cancellationToken) =>
        GceNames.IsName(name) && await _client.TryGetAsync($"clusters/{name}", cancellationToken).ConfigureAwait(false) is { ValueKind: JsonValueKind.Object } cluster ? Read(cluster) : null;

    public override async Task<DriverPage<ClusterInfo>> ListPageAsync(string? pageToken, CancellationToken cancellationToken)
    {
        var reply = await _client.GetAsync("clusters", cancellationToken).ConfigureAwait(false);
        var missing = string.Join(", ", reply.Texts("missingZones"));
        return missing.Length == 0
            ? new DriverPage<ClusterInfo>([.. reply.Items("clusters").Select(Read)])
            : throw new CloudException(CloudErrorCode.Unavailable, $"Kubernetes Engine does not know now which clusters are in {missing}.") { Scope = ErrorScope.Zone };
    }

    public override async Task<string?> CreateAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        var zones = await GkeZones.ListAsync(_client.Context, cancellationToken).ConfigureAwait(false);
        var cluster = new JsonObject
        {
            ["name"] = request.Name,
            ["locations"] = zones.ToJson(),
            ["resourceLabels"] = request.Tags.ToJson(),
            ["nodePools"] = new JsonArray([.. request.Pools.Select(pool => (JsonNode)GkePoolBody.Create(pool, zones))]),
        };
        if (request.Version is { } version)
        {
            cluster["initialClusterVersion"] = version;

            // A channel would upgrade by itself, away from the version that was asked for.
            cluster["releaseChannel"] = new JsonObject { ["channel"] = "UNSPECIFIED" };
        }

        return await _client.ChangeAsync(HttpMethod.Post, "clusters", new JsonObject { ["cluster"] = cluster }, cancellationToken).ConfigureAwait(false);
    }

    public override Task<string?> UpgradeAsync(string name, string version, string clientToken, CancellationToken cancellationToken) =>
        _client.ChangeAsync(HttpMethod.Post, $"clusters/{GkeNames.Check(name)}:updateMaster", new JsonObject { ["masterVersion"] = version }, cancellationToken);

    public override Task<string?> DeleteAsync(string name, CancellationToken cancellationToken) => _client.ChangeAsync(HttpMethod.Delete, $"clusters/{GkeNames.Check(name)}", null, cancellationToken);

    public override async Task<OperationCheck> CheckAsync(string cluster, string handle, CancellationToken cancellationToken)
    {
        // What the service has forgotten ended long ago; what cannot be a handle never was one.
        if (!GceNames.IsName(handle) || await _client.TryGetAsync($"operations/{handle}", cancellationToken).ConfigureAwait(false) is not { ValueKind: JsonValueKind.Object } operation)
        {
            return OperationCheck.Done;
        }

        return operation.Text("status") == "DONE" ? new OperationCheck(IsDone: true, GkeErrors.OfOperation(operation)) : OperationCheck.Pending;
    }

    public override async Task<ClusterEndpoint> GetEndpointAsync(string name, CancellationToken cancellationToken)
    {
        var cluster = await _client.GetAsync($"clusters/{GkeNames.Check(name)}", cancellationToken).ConfigureAwait(false);
        return cluster.Text("endpoint") is { Length: > 0 } endpoint && cluster.Text("masterAuth", "clusterCaCertificate") is { Length: > 0 } authority
            ? new ClusterEndpoint(new Uri($"https://{endpoint}"), Encoding.UTF8.GetString(Convert.FromBase64String(authority)))
            : throw new CloudException(CloudErrorCode.Conflict, $"The cluster has no API server: it is {cluster.Text("status")}.") { Reason = ClusterErrorReasons.ClusterNotReady };
    }

    public override async Task<ClusterCredential> GetCredentialAsync(string name, ClusterEndpoint endpoint, CancellationToken cancellationToken) =>
        await _client.Context.Tokens.GetAsync(cancellationToken).ConfigureAwait(false) is { } token
            ? new ClusterCredential { BearerToken = token.Authorization["Bearer ".Length..], ExpiresAt = _client.Context.Clock.Now + AskAgain }
            : throw new CloudException(CloudErrorCode.Unauthenticated, "An API server lets nobody in without credentials, and the cloud is configured as Anonymous.") { Scope = ErrorScope.Cloud };

    public override async ValueTask DisposeAsync()
    {
        _client.Context.Http.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private ClusterInfo Read(JsonElement cluster)
    {
        var location = cluster.Text("location") ?? _client.Context.Location;
        return new ClusterInfo
        {
            Name = cluster.Text("name") ?? "",
            Id = cluster.Text("id") ?? cluster.Text("selfLink") ?? "",
            Location = location.Split('-').Length > 2 ? GceNames.LocationOf(location) : new CloudLocation(location),
            Phase = GkeStates.Of(cluster.Text("status")),
            RawState = cluster.Text("status") ?? "",
            Version = cluster.Text("currentMasterVersion"),
            Server = cluster.Text("endpoint") is { Length: > 0 } endpoint ? new Uri($"https://{endpoint}") : null,
            Issues = GkeStates.Issues(cluster),
            Tags = cluster.Map("resourceLabels"),
            CreatedAt = cluster.Time("createTime"),
        };
    }
}
