using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.Clusters;

/// <summary>Amazon EKS, in memory: clusters, managed node groups, updates, versions.</summary>
public sealed class EksEmulator : ClusterEmulator
{
    private const string Authority = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=";
    private readonly Dictionary<string, string> _updates = new(StringComparer.Ordinal);

    public EksEmulator() => Versions = ["1.33", "1.34", "1.32"];

    protected override ClusterAnswer Answer(string method, string path, IQueryCollection query, JsonObject? body)
    {
        var parts = path.Trim('/').Split('/');
        return (method, parts) switch
        {
            ("GET", ["cluster-versions"]) => Ok(new JsonObject { ["clusterVersions"] = new JsonArray([.. Versions.Select((version, index) => (JsonNode)Describe(version, index == 0))]) }),
            ("GET", ["clusters"]) => List(),
            ("POST", ["clusters"]) => Create(body!),
            (_, ["clusters", var name, ..]) => Find(name) is { } cluster ? OfCluster(method, parts, cluster, body) : NotFound($"No cluster found for name: {name}."),
            _ => Error(404, "ResourceNotFoundException", "No such operation."),
        };
    }

    private ClusterAnswer OfCluster(string method, string[] parts, ClusterHolder cluster, JsonObject? body) => (method, parts[2..]) switch
    {
        ("GET", []) => Ok(new JsonObject { ["cluster"] = Show(cluster) }),
        ("DELETE", []) => Delete(cluster),
        ("POST", ["updates"]) => Upgrade(cluster, body!),
        ("GET", ["updates", var id]) => ShowUpdate(cluster, id),
        ("GET", ["node-groups"]) => Ok(new JsonObject { ["nodegroups"] = new JsonArray([.. cluster.Pools.Keys.Select(name => (JsonNode)name)]) }),
        ("POST", ["node-groups"]) => CreatePool(cluster, body!),
        (_, ["node-groups", var name, ..]) => FindPool(cluster, name) is { } pool ? OfPool(method, parts[4..], cluster, pool, body) : NotFound($"No node group found for name: {name}."),
        _ => Error(404, "ResourceNotFoundException", "No such operation."),
    };

    private ClusterAnswer OfPool(string method, string[] rest, ClusterHolder cluster, ClusterThing pool, JsonObject? body)
    {
        switch (method, rest)
        {
            case ("GET", []):
                return Ok(new JsonObject { ["nodegroup"] = ShowPool(cluster, pool) });
            case ("DELETE", []):
                pool.Delete(Looks);
                return Ok(new JsonObject { ["nodegroup"] = ShowPool(cluster, pool) });
            case ("POST", ["update-config" or "update-version"]) when pool.IsBusy:
                return Error(409, "ResourceInUseException", "Nodegroup cannot be updated as it is currently not in Active State");
            case ("POST", ["update-config"]):
                pool.Change(Looks, () => Change(pool.Document, body!));
                return NewUpdate("ConfigUpdate", pool.Name);
            case ("POST", ["update-version"]):
                if (Number(body!["version"]) > Number(cluster.Document["version"]))
                {
                    return Error(400, "InvalidParameterException", "Requested kubernetes version is newer than the cluster's.");
                }

                pool.Change(Looks, () => pool.Document["version"] = (string?)body!["version"]);
                return NewUpdate("VersionUpdate", pool.Name);
            default:
                return Error(404, "ResourceNotFoundException", "No such operation.");
        }
    }

    private ClusterAnswer List()
    {
        foreach (var name in Clusters.Keys.ToList())
        {
            Find(name);
        }

        return Ok(new JsonObject { ["clusters"] = new JsonArray([.. Clusters.Keys.Select(name => (JsonNode)name)]) });
    }

    private ClusterAnswer Create(JsonObject body)
    {
        var name = (string)body["name"]!;
        var version = (string?)body["version"] ?? Versions[0];
        if (Clusters.TryGetValue(name, out var existing))
        {
            return (string?)existing.Document["clientRequestToken"] == (string?)body["clientRequestToken"] ? Ok(new JsonObject { ["cluster"] = Show(existing) }) : Error(409, "ResourceInUseException", $"Cluster already exists with name: {name}");
        }

        if (!Versions.Contains(version, StringComparer.Ordinal))
        {
            return Error(400, "InvalidParameterException", $"unsupported Kubernetes version {version}");
        }

        if (Clusters.Count >= Quota)
        {
            return Error(400, "ResourceLimitExceededException", "The maximum number of clusters in this Region has been reached.");
        }

        var document = body.DeepClone().AsObject();
        document["version"] = version;
        var cluster = new ClusterHolder(name, document, Looks);
        Clusters[name] = cluster;
        return Ok(new JsonObject { ["cluster"] = Show(cluster) });
    }

    private ClusterAnswer Delete(ClusterHolder cluster)
    {
        if (cluster.State is ThingState.Creating or ThingState.Updating)
        {
            return Error(409, "ResourceInUseException", $"Cluster is in {StateOf(cluster)} state, and cannot be deleted now.");
        }

        if (cluster.Pools.Count > 0)
        {
            return Error(409, "ResourceInUseException", "Cluster has nodegroups attached");
        }

        cluster.Delete(Looks);
        return Ok(new JsonObject { ["cluster"] = Show(cluster) });
    }

    private ClusterAnswer Upgrade(ClusterHolder cluster, JsonObject body)
    {
        if (cluster.IsBusy)
        {
            return Error(409, "ResourceInUseException", "Cannot update cluster: it is not in ACTIVE state.");
        }

        var version = (string)body["version"]!;
        if (!Versions.Contains(version, StringComparer.Ordinal))
        {
            return Error(400, "InvalidParameterException", $"unsupported Kubernetes version {version}");
        }

        cluster.Change(Looks, () => cluster.Document["version"] = version);
        return NewUpdate("VersionUpdate", cluster.Name);
    }

    private ClusterAnswer CreatePool(ClusterHolder cluster, JsonObject body)
    {
        var name = (string)body["nodegroupName"]!;
        if (cluster.State != ThingState.Running)
        {
            return Error(400, "InvalidRequestException", $"Cluster '{cluster.Name}' is not in ACTIVE status");
        }

        if (cluster.Pools.TryGetValue(name, out var existing))
        {
            return (string?)existing.Document["clientRequestToken"] == (string?)body["clientRequestToken"] ? Ok(new JsonObject { ["nodegroup"] = ShowPool(cluster, existing) }) : Error(409, "ResourceInUseException", $"NodeGroup already exists with name {name} and cluster name {cluster.Name}");
        }

        var document = body.DeepClone().AsObject();
        document["version"] = (string?)cluster.Document["version"];
        var pool = new ClusterThing(name, document, Looks);
        cluster.Pools[name] = pool;
        return Ok(new JsonObject { ["nodegroup"] = ShowPool(cluster, pool) });
    }

    private static void Change(JsonObject document, JsonObject body)
    {
        if (body["scalingConfig"] is { } scaling)
        {
            document["scalingConfig"] = scaling.DeepClone();
        }

        var labels = document["labels"] as JsonObject ?? [];
        foreach (var (key, value) in body["labels"]?["addOrUpdateLabels"] as JsonObject ?? [])
        {
            labels[key] = value?.DeepClone();
        }

        foreach (var key in body["labels"]?["removeLabels"] as JsonArray ?? [])
        {
            labels.Remove((string)key!);
        }

        document["labels"] = labels.DeepClone();
        var taints = (document["taints"] as JsonArray ?? []).Select(taint => taint!.AsObject()).ToList();
        foreach (var taint in (body["taints"]?["removeTaints"] as JsonArray ?? []).Concat(body["taints"]?["addOrUpdateTaints"] as JsonArray ?? []))
        {
            taints.RemoveAll(other => (string?)other["key"] == (string?)taint!["key"] && (string?)other["effect"] == (string?)taint["effect"]);
        }

        taints.AddRange((body["taints"]?["addOrUpdateTaints"] as JsonArray ?? []).Select(taint => taint!.AsObject()));
        document["taints"] = new JsonArray([.. taints.Select(taint => taint.DeepClone())]);
    }

    private ClusterAnswer NewUpdate(string type, string target)
    {
        var id = Guid.NewGuid().ToString();
        _updates[id] = target;
        return Ok(new JsonObject { ["update"] = new JsonObject { ["id"] = id, ["status"] = "InProgress", ["type"] = type } });
    }

    private ClusterAnswer ShowUpdate(ClusterHolder cluster, string id)
    {
        if (!_updates.TryGetValue(id, out var target))
        {
            return NotFound($"No update found for ID: {id}");
        }

        var thing = target == cluster.Name ? cluster : FindPool(cluster, target);
        var status = thing is { IsBusy: true } ? "InProgress" : thing?.State == ThingState.Failed ? "Failed" : "Successful";
        var update = new JsonObject { ["id"] = id, ["status"] = status, ["type"] = "VersionUpdate" };
        if (status == "Failed")
        {
            update["errors"] = new JsonArray(new JsonObject { ["errorCode"] = "PodEvictionFailure", ["errorMessage"] = "Reached max retries while trying to evict pods" });
        }

        return Ok(new JsonObject { ["update"] = update });
    }

    private static string StateOf(ClusterThing thing) => thing.State switch
    {
        ThingState.Running => "ACTIVE",
        ThingState.Failed => "FAILED",
        var state => state.ToString().ToUpperInvariant(),
    };

    private static JsonObject Show(ClusterHolder cluster)
    {
        var shown = new JsonObject
        {
            ["name"] = cluster.Name,
            ["arn"] = $"arn:aws:eks:eu-central-1:123456789012:cluster/{cluster.Name}",
            ["createdAt"] = 1_767_225_600.5,
            ["version"] = (string?)cluster.Document["version"],
            ["roleArn"] = (string?)cluster.Document["roleArn"],
            ["status"] = StateOf(cluster),
            ["resourcesVpcConfig"] = new JsonObject { ["subnetIds"] = cluster.Document["resourcesVpcConfig"]!["subnetIds"]!.DeepClone() },
            ["tags"] = cluster.Document["tags"]?.DeepClone() ?? new JsonObject(),
        };
        if (cluster.State is not ThingState.Creating)
        {
            shown["endpoint"] = $"https://{cluster.Name}.gr7.eu-central-1.eks.amazonaws.com";
            shown["certificateAuthority"] = new JsonObject { ["data"] = Authority };
        }

        if (cluster.Document["issues"] is { } issues)
        {
            shown["health"] = new JsonObject { ["issues"] = issues.DeepClone() };
        }

        return shown;
    }

    private static JsonObject ShowPool(ClusterHolder cluster, ClusterThing pool)
    {
        var shown = new JsonObject { ["clusterName"] = cluster.Name, ["status"] = pool.State == ThingState.Failed ? "CREATE_FAILED" : StateOf(pool) };
        foreach (var name in (string[])["nodegroupName", "version", "capacityType", "scalingConfig", "instanceTypes", "subnets", "amiType", "nodeRole", "labels", "taints", "diskSize", "tags"])
        {
            if (pool.Document[name] is { } value)
            {
                shown[name] = value.DeepClone();
            }
        }

        if (pool.Document["issues"] is { } issues)
        {
            shown["health"] = new JsonObject { ["issues"] = issues.DeepClone() };
        }

        return shown;
    }

    private static JsonObject Describe(string version, bool isDefault) => new()
    {
        ["clusterVersion"] = version,
        ["clusterType"] = "eks",
        ["defaultVersion"] = isDefault,
        ["versionStatus"] = "STANDARD_SUPPORT",
        ["endOfStandardSupportDate"] = 1_800_000_000,
    };

    private static decimal Number(JsonNode? version) => decimal.Parse(((string)version!).Split('.')[1], CultureInfo.InvariantCulture);

    private static ClusterAnswer Ok(JsonObject body) => new(200, body);

    private static ClusterAnswer NotFound(string message) => Error(404, "ResourceNotFoundException", message);

    /// <summary>A refusal.</summary>
    public static ClusterAnswer Error(int status, string code, string message) =>
        new(status, new JsonObject { ["message"] = message }) { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-amzn-ErrorType"] = code, ["x-amzn-RequestId"] = Guid.NewGuid().ToString() } };
}
