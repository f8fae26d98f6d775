using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using SkyCompat.Clusters;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Azure Kubernetes Service.</summary>
internal sealed class AksClusterDriver : ClusterDriver
{
    /// <summary>The application by which clusters that use Entra ID know who comes; the same in every tenant.</summary>
    private const string ServerScope = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";

    // What replies tell and requests must not.
    private static readonly string[] ReadOnly =
        ["provisioningState", "powerState", "currentKubernetesVersion", "fqdn", "privateFQDN", "azurePortalFQDN", "maxAgentPools", "resourceUID"];

    private readonly ArmClient _client;
    private readonly ArmGroups _groups;
    private readonly ArmOperations _operations;
    private readonly TokenCredential _identity;

    public AksClusterDriver(ArmClient client, TokenCredential identity, string region)
    {
        _client = client;
        _groups = new ArmGroups(client);
        _operations = new ArmOperations(client);
        _identity = identity;
        Region = region;
        NodePools = new AksNodePools(client);
    }

    public override CloudProvider Provider => CloudProvider.Azure;

    public override ClusterCapabilities Capabilities { get; } = new()
    {
        Features = ClusterFeatures.List | ClusterFeatures.Lifecycle | ClusterFeatures.Upgrade | ClusterFeatures.NodePools | ClusterFeatures.Autoscale | ClusterFeatures.Spot | ClusterFeatures.EmptyPools | ClusterFeatures.Subnets,
        MaxPoolNameLength = 12,
        MaxPoolNodes = 1000,
        NeedsPool = true,
        CreatesPools = true,
        DeletesPools = true,
    };

    public override string Region { get; }

    public override string ServerAddress => _client.Authority;

    public override NodePoolDriver NodePools { get; }

    public override async Task<IReadOnlyList<ClusterVersion>> ListVersionsAsync(CancellationToken cancellationToken)
    {
        var path = $"{_client.Scope.Subscription}/providers/Microsoft.ContainerService/locations/{Region}/kubernetesVersions";
        var reply = await _client.SendAsync(HttpMethod.Get, path, ArmVersions.Clusters, query: null, body: null, ArmSubject.Resource, cancellationToken).ConfigureAwait(false);
        var versions = new List<ClusterVersion>();
        foreach (var minor in reply.Body.Items("values"))
        {
            var patches = minor.At("patchVersions") is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject().Select(patch => patch.Name).ToList() : [];
            var isDefault = minor.IsTrue("isDefault");
            versions.AddRange(patches.Select((patch, index) => new ClusterVersion(patch, isDefault && index == patches.Count - 1) { IsPreview = minor.IsTrue("isPreview") }));
        }

        return versions;
    }

    public override async Task<ClusterInfo?> TryGetAsync(string name, CancellationToken cancellationToken) =>
        await _client.TryGetAsync(PathOf(name), ArmVersions.Clusters, cancellationToken).ConfigureAwait(false) is { ValueKind: JsonValueKind.Object } cluster ? Read(cluster) : null;

    public override async Task<DriverPage<ClusterInfo>> ListPageAsync(string? pageToken, CancellationToken cancellationToken)
    {
        var page = await _client.ListPageAsync(_client.Scope.All(ArmTypes.Cluster), ArmVersions.Clusters, query: null, pageToken, cancellationToken).ConfigureAwait(false);
        return new DriverPage<ClusterInfo>([.. page.Items.Where(cluster => cluster.IsIn(Region)).Select(Read)], page.NextLink);
    }

    public override async Task<string?> CreateAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        // The first pool that may is the one that runs Kubernetes' own pods: never of the spot market, never empty.
        var system = request.Pools.FirstOrDefault(pool => pool is { Market: Market.OnDemand, Spec.Count: > 0 })
            ?? throw new CloudException(CloudErrorCode.Unsupported, "AKS needs a pool on demand with at least one node for Kubernetes' own pods: add one.");
        var pools = new JsonArray();
        foreach (var pool in request.Pools)
        {
            var profile = AksPoolBody.Create(pool with { SubnetIds = pool.SubnetIds.Count > 0 ? pool.SubnetIds : request.SubnetIds }, pool == system);
            profile["name"] = pool.Spec.Name;
            pools.Add((JsonNode)profile);
        }

        var properties = new JsonObject { ["dnsPrefix"] = request.Name, ["agentPoolProfiles"] = pools };
        if (request.Version is { } version)
        {
            properties["kubernetesVersion"] = version;
        }

        var body = new JsonObject
        {
            ["location"] = Region,
            ["tags"] = request.Tags.ToJson(),
            ["identity"] = new JsonObject { ["type"] = "SystemAssigned" },
            ["properties"] = properties,
        };
        return (await AksErrors.RunAsync(() => _groups.PutAsync(PathOf(request.Name), ArmVersions.Clusters, Region, body, ArmSubject.Resource, cancellationToken)).ConfigureAwait(false)).Operation;
    }

    public override async Task<string?> UpgradeAsync(string name, string version, string clientToken, CancellationToken cancellationToken)
    {
        var cluster = await _client.TryGetAsync(PathOf(name), ArmVersions.Clusters, cancellationToken).ConfigureAwait(false);
        if (cluster.ValueKind != JsonValueKind.Object)
        {
            throw NoCluster();
        }

        var body = Writable(cluster);
        body["properties"]!["kubernetesVersion"] = version;
        var reply = await AksErrors.RunAsync(() => _client.SendAsync(HttpMethod.Put, PathOf(name), ArmVersions.Clusters, query: null, body, ArmSubject.Resource, cancellationToken)).ConfigureAwait(false);
        return reply.Operation;
    }

    public override Task<string?> DeleteAsync(string name, CancellationToken cancellationToken) => AksDeletion.DeleteAsync(_client, PathOf(name), cancellationToken);

    public override async Task<OperationCheck> CheckAsync(string cluster, string handle, CancellationToken cancellationToken)
    {
        var check = await _operations.CheckAsync(handle, ArmSubject.Resource, cancellationToken).ConfigureAwait(false);
        return check.Error is { } error && AksErrors.Refine(error) is { } refined ? check with { Error = refined } : check;
    }

    public override async Task<ClusterEndpoint> GetEndpointAsync(string name, CancellationToken cancellationToken) => SimpleKubeconfig.Endpoint(await GetKubeconfigAsync(name, cancellationToken).ConfigureAwait(false));

    public override async Task<ClusterCredential> GetCredentialAsync(string name, ClusterEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (SimpleKubeconfig.Certificate(await GetKubeconfigAsync(name, cancellationToken).ConfigureAwait(false)) is { } pair)
        {
            using var certificate = X509Certificate2.CreateFromPem(pair.Certificate);
            return new ClusterCredential { ClientCertificate = pair.Certificate, ClientKey = pair.Key, ExpiresAt = new DateTimeOffset(certificate.NotAfter) };
        }

        try
        {
            var token = await _identity.GetTokenAsync(new TokenRequestContext([ServerScope]), cancellationToken).ConfigureAwait(false);
            return new ClusterCredential { BearerToken = token.Token, ExpiresAt = token.ExpiresOn };
        }
        catch (Exception exception) when (TokenErrors.Explains(exception, cancellationToken))
        {
            throw TokenErrors.Create(exception);
        }
    }

    private async Task<string> GetKubeconfigAsync(string name, CancellationToken cancellationToken)
    {
        var cluster = await TryGetAsync(name, cancellationToken).ConfigureAwait(false) ?? throw NoCluster();
        if (cluster.Phase is ClusterPhase.Creating or ClusterPhase.Deleting or ClusterPhase.Failed or ClusterPhase.Stopped)
        {
            throw new CloudException(CloudErrorCode.Conflict, $"The cluster has no API server: it is {cluster.RawState}.") { Reason = ClusterErrorReasons.ClusterNotReady };
        }

        var reply = await AksErrors.RunAsync(() => _client.SendAsync(
            HttpMethod.Post, PathOf(name) + "/listClusterUserCredential", ArmVersions.Clusters, "format=exec", body: null, ArmSubject.Resource, cancellationToken)).ConfigureAwait(false);
        return reply.Body.Items("kubeconfigs").FirstOrDefault().Text("value") is { } value ? Encoding.UTF8.GetString(Convert.FromBase64String(value)) : throw SimpleKubeconfig.Strange();
    }

    private static ClusterInfo Read(JsonElement cluster) => new()
    {
        Name = cluster.Text("name") ?? "",
        Id = cluster.Text("id") ?? "",
        Location = new CloudLocation(Regions.Normalize(cluster.Text("location") ?? "")),
        Phase = AksStates.OfCluster(cluster),
        RawState = AksStates.Raw(cluster),
        Version = cluster.Text("properties", "currentKubernetesVersion") ?? cluster.Text("properties", "kubernetesVersion"),
        Server = cluster.Text("properties", "fqdn") is { Length: > 0 } host ? new Uri($"https://{host}:443") : null,
        Tags = cluster.Tags(),
        CreatedAt = cluster.Time("systemData", "createdAt"),
    };

    /// <summary>A cluster as a request may have it.</summary>
    private static JsonObject Writable(JsonElement cluster)
    {
        var body = JsonNode.Parse(cluster.GetRawText())!.AsObject();
        foreach (var name in (string[])["id", "name", "type", "systemData", "etag"])
        {
            body.Remove(name);
        }

        if (body["identity"] is JsonObject identity)
        {
            identity.Remove("principalId");
            identity.Remove("tenantId");
        }

        var properties = body["properties"]!.AsObject();
        foreach (var name in ReadOnly)
        {
            properties.Remove(name);
        }

        foreach (var pool in properties["agentPoolProfiles"] as JsonArray ?? [])
        {
            AksPoolBody.Strip(pool!.AsObject());
        }

        return body;
    }

    private string PathOf(string name) => _client.Scope.One(ArmTypes.Cluster, name);

    private static CloudException NoCluster() => new(CloudErrorCode.NotFound, "There is no such cluster.") { Reason = ClusterErrorReasons.ClusterNotFound };
}
