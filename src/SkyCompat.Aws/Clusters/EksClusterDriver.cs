using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Clusters;

namespace SkyCompat.Aws;

/// <summary>Amazon Elastic Kubernetes Service.</summary>
internal sealed class EksClusterDriver : ClusterDriver
{
    private readonly EksClient _client;
    private readonly EksToken _tokens;

    public EksClusterDriver(EksContext context)
    {
        _client = new EksClient(context);
        _tokens = new EksToken(context.Region, context.StsHost);
        NodePools = new EksNodePools(_client);
    }

    public override CloudProvider Provider => CloudProvider.Aws;

    public override ClusterCapabilities Capabilities { get; } = new()
    {
        // The bounds of scaling are those of the group; what scales within them is an autoscaler that runs in the cluster, or EKS Auto Mode.
        Features = ClusterFeatures.List | ClusterFeatures.Lifecycle | ClusterFeatures.Upgrade | ClusterFeatures.NodePools | ClusterFeatures.Autoscale | ClusterFeatures.Spot | ClusterFeatures.EmptyPools | ClusterFeatures.Subnets,
        MaxPoolNameLength = 63,
        MaxPoolNodes = 450,
    };

    public override string Region => _client.Context.Region;

    public override string ServerAddress => _client.Context.Endpoint.Authority;

    public override NodePoolDriver NodePools { get; }

    public override async Task<IReadOnlyList<ClusterVersion>> ListVersionsAsync(CancellationToken cancellationToken)
    {
        var versions = new List<ClusterVersion>();
        string? page = null;
        do
        {
            var reply = await _client.GetAsync("/cluster-versions", cancellationToken, ("nextToken", page)).ConfigureAwait(false);
            versions.AddRange(reply.Items("clusterVersions").Where(version => version.Text("versionStatus") != "UNSUPPORTED").Select(version => new ClusterVersion(version.Text("clusterVersion")!, version.IsTrue("defaultVersion"))
            {
                SupportedUntil = EksTimes.Read(version.At("endOfStandardSupportDate")),
            }));
            page = reply.Text("nextToken");
        }
        while (page is not null);
        return versions;
    }

    public override async Task<ClusterInfo?> TryGetAsync(string name, CancellationToken cancellationToken) =>
        (await _client.TryGetAsync(EksPaths.Cluster(name), cancellationToken).ConfigureAwait(false)).At("cluster") is { ValueKind: JsonValueKind.Object } cluster ? Read(cluster) : null;

    public override async Task<DriverPage<ClusterInfo>> ListPageAsync(string? pageToken, CancellationToken cancellationToken)
    {
        var reply = await _client.GetAsync("/clusters", cancellationToken, ("nextToken", pageToken)).ConfigureAwait(false);
        var found = new List<ClusterInfo>();
        foreach (var name in reply.Texts("clusters"))
        {
            // The list has names only; one that went away in between is none.
            if (await TryGetAsync(name, cancellationToken).ConfigureAwait(false) is { } info)
            {
                found.Add(info);
            }
        }

        return new DriverPage<ClusterInfo>(found, reply.Text("nextToken"));
    }

    public override async Task<string?> CreateAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        var role = EksRoles.Demand(_client.Context.ClusterRole, nameof(AwsOptions.EksClusterRole));
        var subnets = request.SubnetIds.Count > 0 ? request.SubnetIds : await _client.Context.DefaultSubnets(cancellationToken).ConfigureAwait(false);
        var body = new JsonObject
        {
            ["name"] = request.Name,
            ["roleArn"] = role,
            ["resourcesVpcConfig"] = new JsonObject { ["subnetIds"] = subnets.ToJson() },

            // Who makes a cluster can use it: the token of the same credentials is let in.
            ["accessConfig"] = new JsonObject { ["authenticationMode"] = "API_AND_CONFIG_MAP", ["bootstrapClusterCreatorAdminPermissions"] = true },
            ["tags"] = request.Tags.ToJson(),
            ["clientRequestToken"] = request.ClientToken,
        };
        if (request.Version is { } version)
        {
            body["version"] = version;
        }

        await _client.PostAsync("/clusters", body, cancellationToken).ConfigureAwait(false);
        return null;
    }

    public override async Task<string?> UpgradeAsync(string name, string version, string clientToken, CancellationToken cancellationToken)
    {
        var reply = await _client.PostAsync(EksPaths.Cluster(name) + "/updates", new JsonObject { ["version"] = version, ["clientRequestToken"] = clientToken }, cancellationToken).ConfigureAwait(false);
        return reply.Text("update", "id");
    }

    public override async Task<string?> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await _client.DeleteAsync(EksPaths.Cluster(name), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request })
        {
            // What is gone needs no deleting.
        }

        return null;
    }

    public override async Task<OperationCheck> CheckAsync(string cluster, string handle, CancellationToken cancellationToken)
    {
        var (id, pool) = EksPaths.ParseHandle(handle);
        JsonElement update;
        try
        {
            update = (await _client.GetAsync($"{EksPaths.Cluster(cluster)}/updates/{Uri.EscapeDataString(id)}", cancellationToken, ("nodegroupName", pool)).ConfigureAwait(false)).At("update");
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request })
        {
            return OperationCheck.Done;
        }

        return update.Text("status") switch
        {
            "Successful" => OperationCheck.Done,
            "Failed" or "Cancelled" => new OperationCheck(IsDone: true, EksStates.Failure(update)),
            _ => OperationCheck.Pending,
        };
    }

    public override async Task<ClusterEndpoint> GetEndpointAsync(string name, CancellationToken cancellationToken)
    {
        var cluster = (await _client.GetAsync(EksPaths.Cluster(name), cancellationToken).ConfigureAwait(false)).At("cluster");
        return cluster.Text("endpoint") is { Length: > 0 } endpoint && Uri.TryCreate(endpoint, UriKind.Absolute, out var server)
            ? new ClusterEndpoint(server, cluster.Text("certificateAuthority", "data") is { Length: > 0 } data ? Encoding.UTF8.GetString(Convert.FromBase64String(data)) : null)
            : throw new CloudException(CloudErrorCode.Conflict, $"The cluster has no API server: it is {cluster.Text("status")}.") { Reason = ClusterErrorReasons.ClusterNotReady };
    }

    public override async Task<ClusterCredential> GetCredentialAsync(string name, ClusterEndpoint endpoint, CancellationToken cancellationToken) =>
        _tokens.Create(name, await _client.Context.Credentials.GetAsync(cancellationToken).ConfigureAwait(false), _client.Context.Clock.Now);

    public override async ValueTask DisposeAsync()
    {
        _client.Context.Http.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private ClusterInfo Read(JsonElement cluster)
    {
        var issues = EksStates.Issues(cluster);
        return new ClusterInfo
        {
            Name = cluster.Text("name") ?? "",
            Id = cluster.Text("arn") ?? "",
            Location = new CloudLocation(Region),
            Phase = EksStates.OfCluster(cluster.Text("status"), issues.Count > 0),
            RawState = cluster.Text("status") ?? "",
            Version = cluster.Text("version"),
            Server = Uri.TryCreate(cluster.Text("endpoint"), UriKind.Absolute, out var server) ? server : null,
            Issues = issues,
            Tags = cluster.Map("tags"),
            CreatedAt = EksTimes.Read(cluster.At("createdAt")),
        };
    }
}
