using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Clusters;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Alibaba Cloud Container Service for Kubernetes.</summary>
internal sealed class AckClusterDriver : ClusterDriver
{
    private const int CredentialMinutes = 60;

    private readonly RoaClient _client;
    private readonly AckDirectory _directory;
    private readonly VpcNetworks _networks;

    public AckClusterDriver(AckContext context)
    {
        _client = new RoaClient(context);
        _directory = new AckDirectory(_client);
        _networks = new VpcNetworks(context.Machines);
        NodePools = new AckNodePools(_client, _directory);
    }

    public override CloudProvider Provider => CloudProvider.Alibaba;

    public override ClusterCapabilities Capabilities { get; } = new()
    {
        Features = ClusterFeatures.List | ClusterFeatures.Lifecycle | ClusterFeatures.Upgrade | ClusterFeatures.NodePools | ClusterFeatures.Autoscale | ClusterFeatures.Spot | ClusterFeatures.EmptyPools | ClusterFeatures.Subnets,
        MaxPoolNameLength = 63,
        MaxPoolNodes = 500,

        // A pool within a creation has to name the exact version of its container runtime; one that is made later gets the cluster's.
        DeletesPools = true,
    };

    public override string Region => _client.Context.Region;

    public override string ServerAddress => _client.Context.Endpoint.Authority;

    public override NodePoolDriver NodePools { get; }

    public override async Task<IReadOnlyList<ClusterVersion>> ListVersionsAsync(CancellationToken cancellationToken)
    {
        var reply = await _client.GetAsync("DescribeKubernetesVersionMetadata", "/api/v1/metadata/versions", cancellationToken, ("Region", Region), ("ClusterType", "ManagedKubernetes")).ConfigureAwait(false);
        return reply.ValueKind == JsonValueKind.Array
            ? [.. reply.EnumerateArray().Where(version => version.At("creatable").ValueKind != JsonValueKind.False).Select(version => new ClusterVersion(version.Text("version")!) { SupportedUntil = version.Time("expiration_date") })]
            : [];
    }

    public override async Task<ClusterInfo?> TryGetAsync(string name, CancellationToken cancellationToken) =>
        await _directory.TryGetAsync(name, cancellationToken).ConfigureAwait(false) is { ValueKind: JsonValueKind.Object } cluster ? Read(cluster) : null;

    public override async Task<DriverPage<ClusterInfo>> ListPageAsync(string? pageToken, CancellationToken cancellationToken)
    {
        var page = await _directory.ListAsync(null, pageToken, cancellationToken).ConfigureAwait(false);
        return new DriverPage<ClusterInfo>([.. page.Items.Select(Read)], page.NextPageToken);
    }

    public override async Task<string?> CreateAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        // There is no client token, and a name can be had twice: an attempt whose reply was lost shows in the list.
        if ((await _directory.TryGetAsync(request.Name, cancellationToken).ConfigureAwait(false)).ValueKind == JsonValueKind.Object)
        {
            throw new CloudException(CloudErrorCode.AlreadyExists, $"There is a cluster '{request.Name}'.");
        }

        var (network, subnets) = await FindNetworkAsync(request, cancellationToken).ConfigureAwait(false);
        var body = new JsonObject
        {
            ["name"] = request.Name,
            ["region_id"] = Region,
            ["cluster_type"] = "ManagedKubernetes",
            ["cluster_spec"] = "ack.pro.small",
            ["vpcid"] = network,
            ["vswitch_ids"] = subnets.ToJson(),
            ["container_cidr"] = _client.Context.PodRange,
            ["service_cidr"] = _client.Context.ServiceRange,

            // Nodes have no addresses of their own: without a way out they could not fetch an image.
            ["snat_entry"] = true,
            ["endpoint_public_access"] = true,
            ["tags"] = AckPoolBody.Write(request.Tags),
        };
        if (request.Version is { } version)
        {
            body["kubernetes_version"] = version;
        }

        return AckTasks.Handle(await _client.SendAsync(HttpMethod.Post, "CreateCluster", "/clusters", body, cancellationToken).ConfigureAwait(false));
    }

    public override async Task<string?> UpgradeAsync(string name, string version, string clientToken, CancellationToken cancellationToken)
    {
        var id = await _directory.GetIdAsync(name, cancellationToken).ConfigureAwait(false);
        var body = new JsonObject { ["next_version"] = version, ["master_only"] = true };
        return AckTasks.Handle(await _client.SendAsync(HttpMethod.Post, "UpgradeCluster", $"/api/v2/clusters/{id}/upgrade", body, cancellationToken).ConfigureAwait(false));
    }

    public override async Task<string?> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var id = await _directory.GetIdAsync(name, cancellationToken).ConfigureAwait(false);
            return AckTasks.Handle(await _client.SendAsync(HttpMethod.Delete, "DeleteCluster", $"/clusters/{id}", null, cancellationToken).ConfigureAwait(false));
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request })
        {
            // What is gone needs no deleting.
            return null;
        }
    }

    public override Task<OperationCheck> CheckAsync(string cluster, string handle, CancellationToken cancellationToken) => AckTasks.CheckAsync(_client, handle, cancellationToken);

    public override async Task<ClusterEndpoint> GetEndpointAsync(string name, CancellationToken cancellationToken) =>
        SimpleKubeconfig.Endpoint((await OpenAsync(name, cancellationToken).ConfigureAwait(false)).Config);

    public override async Task<ClusterCredential> GetCredentialAsync(string name, ClusterEndpoint endpoint, CancellationToken cancellationToken)
    {
        var (config, ends) = await OpenAsync(name, cancellationToken).ConfigureAwait(false);
        var (certificate, key) = SimpleKubeconfig.Certificate(config) ?? throw SimpleKubeconfig.Strange();
        return new ClusterCredential { ClientCertificate = certificate, ClientKey = key, ExpiresAt = ends ?? _client.Context.Clock.Now.AddMinutes(CredentialMinutes) };
    }

    public override async ValueTask DisposeAsync()
    {
        _client.Context.Http.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<(string Config, DateTimeOffset? Ends)> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var cluster = await _directory.TryGetAsync(name, cancellationToken).ConfigureAwait(false);
        if (cluster.Text("cluster_id") is not { } id)
        {
            throw new CloudException(CloudErrorCode.NotFound, "There is no such cluster.") { Reason = ClusterErrorReasons.ClusterNotFound };
        }

        if (AckStates.OfCluster(cluster.Text("state")) is ClusterPhase.Creating or ClusterPhase.Deleting or ClusterPhase.Failed or ClusterPhase.Stopped)
        {
            throw new CloudException(CloudErrorCode.Conflict, $"The cluster has no API server: it is {cluster.Text("state")}.") { Reason = ClusterErrorReasons.ClusterNotReady };
        }

        var reply = await _client.GetAsync("DescribeClusterUserKubeconfig", $"/k8s/{id}/user_config", cancellationToken, ("TemporaryDurationMinutes", CredentialMinutes.ToString(CultureInfo.InvariantCulture))).ConfigureAwait(false);
        return (reply.Text("config") ?? "", reply.Time("expiration"));
    }

    /// <summary>The network and subnets: those asked for, or the default network, with a subnet in each of two zones.</summary>
    private async Task<(string Network, IReadOnlyList<string> Subnets)> FindNetworkAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        const int Zones = 2;
        if (request.SubnetIds is [var first, ..])
        {
            return (await _networks.NetworkOfAsync(first, Region, cancellationToken).ConfigureAwait(false), request.SubnetIds);
        }

        var tags = new Dictionary<string, string>(StringComparer.Ordinal) { [Compute.ComputeTags.Owner] = request.Tags[Compute.ComputeTags.Owner] };
        var network = await _networks.EnsureDefaultAsync(Region, tags, cancellationToken).ConfigureAwait(false);
        var zones = await _client.Context.Machines.Rpc.SendAsync(RpcCall.Vpc("DescribeZones", Region).WithRegion(), ComputeJson.Default.VpcZoneReply, cancellationToken).ConfigureAwait(false);
        var known = await _networks.ListSubnetsAsync(Region, network.VpcId, cancellationToken).ConfigureAwait(false);
        var subnets = new List<string>();
        foreach (var zone in (zones.Zones?.Zone ?? []).Select(zone => zone.ZoneId).Order(StringComparer.Ordinal).Take(Zones))
        {
            subnets.Add(await _networks.EnsureSubnetAsync(network, known, Region, zone, tags, cancellationToken).ConfigureAwait(false));
        }

        return (network.VpcId, subnets);
    }

    private static ClusterInfo Read(JsonElement cluster)
    {
        // The address is within a document that is within the document.
        Uri? server = null;
        if (cluster.Text("master_url") is { Length: > 2 } urls)
        {
            try
            {
                using var document = JsonDocument.Parse(urls);
                Uri.TryCreate(document.RootElement.Text("api_server_endpoint"), UriKind.Absolute, out server);
            }
            catch (JsonException)
            {
                // Told as unknown.
            }
        }

        return new ClusterInfo
        {
            Name = cluster.Text("name") ?? "",
            Id = cluster.Text("cluster_id") ?? "",
            Location = new CloudLocation(cluster.Text("region_id")),
            Phase = AckStates.OfCluster(cluster.Text("state")),
            RawState = cluster.Text("state") ?? "",
            Version = cluster.Text("current_version") is { Length: > 0 } version ? version : cluster.Text("init_version"),
            Server = server,
            Tags = AckDirectory.TagsOf(cluster),
            CreatedAt = cluster.Time("created"),
        };
    }
}
