using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.Clusters;

/// <summary>Google Kubernetes Engine, in memory: clusters, node pools, operations; one operation of a cluster at a time.</summary>
public sealed class GkeEmulator : ClusterEmulator
{
    private const string Authority = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=";
    private readonly Dictionary<string, JsonObject> _operations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (ClusterHolder Cluster, ClusterThing Thing)> _targets = new(StringComparer.Ordinal);
    private int _count;

    public GkeEmulator() => Versions = ["1.33.4-gke.1172000", "1.34.1-gke.1829001", "1.32.9-gke.1010000"];

    /// <summary>The error of the next operation, within a reply that says it is done.</summary>
    public JsonObject? NextError { get; set; }

    protected override ClusterAnswer Answer(string method, string path, IQueryCollection query, JsonObject? body)
    {
        // /v1/projects/p/locations/l/…
        var parts = path.Trim('/').Split('/');
        if (parts is not ["v1", "projects", _, "locations", var location, .. var rest])
        {
            return Error(404, "NOT_FOUND", "Not found.");
        }

        return (method, rest) switch
        {
            ("GET", ["serverConfig"]) => Ok(new JsonObject { ["defaultClusterVersion"] = Versions[0], ["validMasterVersions"] = Texts(Versions), ["validNodeVersions"] = Texts(Versions) }),
            ("GET", ["operations", var name]) => ShowOperation(name),
            ("GET", ["clusters"]) => List(location),
            ("POST", ["clusters"]) => Create(body!["cluster"]!.AsObject(), location),
            (_, ["clusters", var name, ..]) => OfCluster(method, name, rest[2..], body, location),
            _ => Error(404, "NOT_FOUND", "Not found."),
        };
    }

    private ClusterAnswer OfCluster(string method, string name, string[] rest, JsonObject? body, string location)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var verb = colon < 0 ? "" : name[(colon + 1)..];
        name = colon < 0 ? name : name[..colon];
        if (Find(name) is not { } cluster)
        {
            return Error(404, "NOT_FOUND", $"Not found: projects/p/locations/{location}/clusters/{name}.");
        }

        foreach (var pool in cluster.Pools.Values)
        {
            pool.Look();
        }

        cluster.Clean();
        if (method == "GET" && rest.Length == 0)
        {
            return Ok(Show(cluster, location));
        }

        if (method != "GET" && cluster.IsOccupied)
        {
            return Error(400, "FAILED_PRECONDITION", $"Cluster is running incompatible operation operation-{_count}.");
        }

        switch (method, verb, rest)
        {
            case ("DELETE", "", []):
                cluster.Delete(Looks);
                return NewOperation("DELETE_CLUSTER", cluster, cluster);
            case ("POST", "updateMaster", []):
                var version = (string)body!["masterVersion"]!;
                if (!Versions.Contains(version, StringComparer.Ordinal))
                {
                    return Error(400, "INVALID_ARGUMENT", $"Master version \"{version}\" is unsupported.");
                }

                cluster.Change(Looks, () => cluster.Document["currentMasterVersion"] = version);
                return NewOperation("UPGRADE_MASTER", cluster, cluster);
            case ("GET", "", ["nodePools"]):
                return Ok(new JsonObject { ["nodePools"] = new JsonArray([.. cluster.Pools.Values.Select(pool => (JsonNode)ShowPool(pool))]) });
            case ("POST", "", ["nodePools"]):
                var made = body!["nodePool"]!.AsObject();
                if (cluster.Pools.ContainsKey((string)made["name"]!))
                {
                    return Error(409, "ALREADY_EXISTS", $"Already exists: node pool {made["name"]}.");
                }

                return NewOperation("CREATE_NODE_POOL", cluster, AddPool(cluster, made, location));
            case (_, "", ["nodePools", var pool]):
                return OfPool(method, cluster, pool, body);
            default:
                return Error(404, "NOT_FOUND", "Not found.");
        }
    }

    private ClusterAnswer OfPool(string method, ClusterHolder cluster, string name, JsonObject? body)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var verb = colon < 0 ? "" : name[(colon + 1)..];
        name = colon < 0 ? name : name[..colon];
        if (!cluster.Pools.TryGetValue(name, out var pool))
        {
            return Error(404, "NOT_FOUND", $"Not found: node pool \"{name}\" not found.");
        }

        var config = pool.Document["config"]!.AsObject();
        switch (method, verb)
        {
            case ("GET", ""):
                return Ok(ShowPool(pool));
            case ("DELETE", ""):
                pool.Delete(Looks);
                return NewOperation("DELETE_NODE_POOL", cluster, pool);
            case ("POST", "setSize"):
                pool.Change(Looks, () => pool.Document["size"] = (int)body!["nodeCount"]!);
                return NewOperation("SET_NODE_POOL_SIZE", cluster, pool);
            case ("POST", "setAutoscaling"):
                pool.Change(Looks, () => pool.Document["autoscaling"] = body!["autoscaling"]!.DeepClone());
                return NewOperation("UPDATE_CLUSTER", cluster, pool);
            case ("PUT", ""):
                pool.Change(Looks, () =>
                {
                    if (body!["labels"]?["labels"] is { } labels)
                    {
                        config["labels"] = labels.DeepClone();
                    }

                    if (body["taints"]?["taints"] is { } taints)
                    {
                        config["taints"] = taints.DeepClone();
                    }

                    if (body["nodeVersion"] is { } version)
                    {
                        pool.Document["version"] = (string)version!;
                    }
                });
                return NewOperation("UPGRADE_NODES", cluster, pool);
            default:
                return Error(404, "NOT_FOUND", "Not found.");
        }
    }

    private ClusterAnswer List(string location)
    {
        foreach (var name in Clusters.Keys.ToList())
        {
            Find(name);
        }

        return Ok(new JsonObject { ["clusters"] = new JsonArray([.. Clusters.Values.Select(cluster => (JsonNode)Show(cluster, location))]) });
    }

    private ClusterAnswer Create(JsonObject asked, string location)
    {
        var name = (string)asked["name"]!;
        var version = (string?)asked["initialClusterVersion"] ?? Versions[0];
        if (Clusters.ContainsKey(name))
        {
            return Error(409, "ALREADY_EXISTS", $"Already exists: projects/p/locations/{location}/clusters/{name}.");
        }

        if (!Versions.Contains(version, StringComparer.Ordinal))
        {
            return Error(400, "INVALID_ARGUMENT", $"Master version \"{version}\" is unsupported.");
        }

        if (Clusters.Count >= Quota)
        {
            return Error(403, "PERMISSION_DENIED", "Insufficient regional quota to satisfy request: resource \"CPUS\".");
        }

        var document = asked.DeepClone().AsObject();
        document["currentMasterVersion"] = version;
        var cluster = new ClusterHolder(name, document, Looks);
        foreach (var pool in asked["nodePools"] as JsonArray ?? [])
        {
            AddPool(cluster, pool!.AsObject(), location);
        }

        Clusters[name] = cluster;
        return NewOperation("CREATE_CLUSTER", cluster, cluster);
    }

    private ClusterThing AddPool(ClusterHolder cluster, JsonObject asked, string location)
    {
        var document = asked.DeepClone().AsObject();
        document["version"] = (string?)cluster.Document["currentMasterVersion"];
        document["locations"] ??= new JsonArray(location);
        var pool = new ClusterThing((string)asked["name"]!, document, Looks);
        cluster.Pools[pool.Name] = pool;
        return pool;
    }

    private ClusterAnswer NewOperation(string type, ClusterHolder cluster, ClusterThing thing)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"operation-{++_count}");
        var operation = new JsonObject { ["name"] = name, ["operationType"] = type, ["status"] = "RUNNING", ["targetLink"] = $"https://container.googleapis.com/v1/projects/p/locations/l/clusters/{cluster.Name}" };
        if (NextError is { } error)
        {
            operation["error"] = error.DeepClone();
            NextError = null;
        }

        _operations[name] = operation;
        _targets[name] = (cluster, thing);
        return Ok(operation.DeepClone().AsObject());
    }

    private ClusterAnswer ShowOperation(string name)
    {
        if (!_operations.TryGetValue(name, out var operation))
        {
            return Error(404, "NOT_FOUND", $"Not found: operation {name}.");
        }

        var (cluster, thing) = _targets[name];
        thing.Look();
        if (cluster.IsGone)
        {
            Clusters.Remove(cluster.Name);
        }

        cluster.Clean();
        var shown = operation.DeepClone().AsObject();
        shown["status"] = thing.IsBusy ? "RUNNING" : "DONE";
        if (thing.IsBusy)
        {
            shown.Remove("error");
        }

        return Ok(shown);
    }

    private static string StateOf(ClusterThing thing) => thing.State switch
    {
        ThingState.Creating => "PROVISIONING",
        ThingState.Running => "RUNNING",
        ThingState.Updating => "RECONCILING",
        ThingState.Deleting => "STOPPING",
        _ => "ERROR",
    };

    private static JsonObject Show(ClusterHolder cluster, string location)
    {
        var shown = new JsonObject
        {
            ["name"] = cluster.Name,
            ["id"] = "id-" + cluster.Name,
            ["location"] = location,
            ["locations"] = cluster.Document["locations"]?.DeepClone() ?? new JsonArray(location),
            ["status"] = StateOf(cluster),
            ["currentMasterVersion"] = (string?)cluster.Document["currentMasterVersion"],
            ["resourceLabels"] = cluster.Document["resourceLabels"]?.DeepClone() ?? new JsonObject(),
            ["createTime"] = "2026-01-01T00:00:00+00:00",
            ["nodePools"] = new JsonArray([.. cluster.Pools.Values.Select(pool => (JsonNode)ShowPool(pool))]),
        };
        if (cluster.State != ThingState.Creating)
        {
            shown["endpoint"] = "203.0.113.7";
            shown["masterAuth"] = new JsonObject { ["clusterCaCertificate"] = Authority };
        }

        if (cluster.Document["conditions"] is { } conditions)
        {
            shown["conditions"] = conditions.DeepClone();
        }

        return shown;
    }

    private static JsonObject ShowPool(ClusterThing pool)
    {
        var shown = pool.Document.DeepClone().AsObject();
        shown.Remove("size");
        shown["status"] = StateOf(pool);
        return shown;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static ClusterAnswer Ok(JsonObject body) => new(200, body);

    /// <summary>A refusal.</summary>
    public static ClusterAnswer Error(int status, string code, string message) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["message"] = message, ["status"] = code } });
}
