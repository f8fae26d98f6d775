using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.Clusters;

/// <summary>Azure Kubernetes Service behind Azure Resource Manager, in memory: managed clusters, agent pools, operations, credentials.</summary>
public sealed class AksEmulator : ClusterEmulator
{
    private const string Pem = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=";
    private readonly Dictionary<string, ClusterThing> _operations = new(StringComparer.Ordinal);
    private int _count;

    public AksEmulator() => Versions = ["1.33.4", "1.34.1", "1.32.9"];

    /// <summary>The API server that kubeconfigs name and its authority, as PEM; null for one that does not exist.</summary>
    public (Uri Server, string Authority)? ApiServer { get; set; }

    /// <summary>A certificate and its key for clusters without Entra ID, as PEM; null where they use it.</summary>
    public (string Certificate, string Key)? Client { get; set; }

    protected override ClusterAnswer Answer(string method, string path, IQueryCollection query, JsonObject? body)
    {
        foreach (var name in Clusters.Keys.ToList())
        {
            Find(name);
        }

        return (method, path.Trim('/').Split('/')) switch
        {
            ("GET", ["subscriptions", _, "providers", "Microsoft.ContainerService", "locations", _, "kubernetesVersions"]) => Ok(new JsonObject { ["values"] = new JsonArray([.. Versions.Select((version, index) => (JsonNode)Describe(version, index == 0))]) }),
            ("GET", ["subscriptions", _, "providers", "Microsoft.ContainerService", "locations", _, "operations", var id]) => ShowOperation(id),
            ("GET", ["subscriptions", _, "resourceGroups", _, "providers", "Microsoft.ContainerService", "managedClusters"]) => Ok(new JsonObject { ["value"] = new JsonArray([.. Clusters.Values.Select(cluster => (JsonNode)Show(cluster))]) }),
            ("PUT", ["subscriptions", _, "resourceGroups", _, "providers", "Microsoft.ContainerService", "managedClusters", var name]) => Put(name, path, body!),
            (_, ["subscriptions", _, "resourceGroups", _, "providers", "Microsoft.ContainerService", "managedClusters", var name, .. var rest]) =>
                Clusters.TryGetValue(name, out var cluster) ? OfCluster(method, path, rest, cluster, body)
                : method == "DELETE" ? new ClusterAnswer(204) : Error(404, rest.Length == 0 ? "ResourceNotFound" : "ParentResourceNotFound", $"The Resource 'managedClusters/{name}' was not found."),
            _ => Error(404, "NotFound", "Not found."),
        };
    }

    private ClusterAnswer OfCluster(string method, string path, string[] rest, ClusterHolder cluster, JsonObject? body)
    {
        foreach (var pool in cluster.Pools.Values)
        {
            pool.Look();
        }

        cluster.Clean();
        if (method is "PUT" or "DELETE" && cluster.IsOccupied)
        {
            return Error(409, "OperationNotAllowed", "Operation is not allowed: Another operation (Updating) is in progress.");
        }

        switch (method, rest)
        {
            case ("GET", []):
                return Ok(Show(cluster));
            case ("DELETE", []):
                cluster.Delete(Looks);
                return Accepted(path, cluster);
            case ("POST", ["listClusterUserCredential" or "listClusterAdminCredential"]):
                return Ok(new JsonObject { ["kubeconfigs"] = new JsonArray(new JsonObject { ["name"] = "clusterUser", ["value"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Kubeconfig(cluster))) }) });
            case ("GET", ["agentPools"]):
                return Ok(new JsonObject { ["value"] = new JsonArray([.. cluster.Pools.Values.Select(pool => (JsonNode)ShowPool(cluster, pool))]) });
            case ("GET", ["agentPools", var name]):
                return cluster.Pools.TryGetValue(name, out var pool) ? Ok(ShowPool(cluster, pool)) : Error(404, "NotFound", $"Could not find the agentpool: {name} in {cluster.Name}.");
            case ("PUT", ["agentPools", var name]):
                return PutPool(path, cluster, name, body!);
            case ("DELETE", ["agentPools", var name]):
                if (!cluster.Pools.TryGetValue(name, out var doomed))
                {
                    return new ClusterAnswer(204);
                }

                doomed.Delete(Looks);
                return Accepted(path, doomed);
            default:
                return Error(404, "NotFound", "Not found.");
        }
    }

    private ClusterAnswer Put(string name, string path, JsonObject body)
    {
        var properties = body["properties"]!.AsObject();
        if (Clusters.TryGetValue(name, out var existing))
        {
            if (existing.IsOccupied)
            {
                return Error(409, "OperationNotAllowed", "Operation is not allowed: Another operation (Creating) is in progress.");
            }

            var version = (string)properties["kubernetesVersion"]!;
            existing.Change(Looks, () => existing.Document["properties"]!["currentKubernetesVersion"] = version);
            return Made(200, path, Show(existing), existing);
        }

        var asked = (string?)properties["kubernetesVersion"] ?? Versions[0];
        if (!Versions.Contains(asked, StringComparer.Ordinal))
        {
            return Error(400, "K8sVersionNotSupported", $"Managed cluster {name} is on version {asked}, which is not supported in this region.");
        }

        if (Clusters.Count >= Quota)
        {
            return Error(400, "QuotaExceeded", "Provisioning of resource(s) exceeded the quota of Total Regional Cores.");
        }

        var document = body.DeepClone().AsObject();
        var kept = document["properties"]!.AsObject();
        kept["currentKubernetesVersion"] = asked;
        kept["kubernetesVersion"] = asked;
        var cluster = new ClusterHolder(name, document, Looks);
        Clusters[name] = cluster;
        foreach (var pool in properties["agentPoolProfiles"]!.AsArray())
        {
            var made = pool!.DeepClone().AsObject();
            var poolName = (string)made["name"]!;
            made.Remove("name");
            made["currentOrchestratorVersion"] = asked;
            cluster.Pools[poolName] = new ClusterThing(poolName, made, Looks);
        }

        kept.Remove("agentPoolProfiles");
        return Made(201, path, Show(cluster), cluster);
    }

    private ClusterAnswer PutPool(string path, ClusterHolder cluster, string name, JsonObject body)
    {
        var properties = body["properties"]!.DeepClone().AsObject();
        var version = (string?)properties["orchestratorVersion"] ?? (string?)cluster.Document["properties"]!["currentKubernetesVersion"];
        if (!cluster.Pools.TryGetValue(name, out var pool))
        {
            properties["currentOrchestratorVersion"] = version;
            pool = new ClusterThing(name, properties, Looks);
            cluster.Pools[name] = pool;
            return Made(201, path, ShowPool(cluster, pool), pool);
        }

        pool.Change(Looks, () =>
        {
            pool.Document.Clear();
            foreach (var (key, value) in properties)
            {
                pool.Document[key] = value?.DeepClone();
            }

            pool.Document["currentOrchestratorVersion"] = version;
        });
        return Made(200, path, ShowPool(cluster, pool), pool);
    }

    private ClusterAnswer Made(int status, string path, JsonObject body, ClusterThing thing) => new(status, body) { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Azure-AsyncOperation"] = NewOperation(path, thing) } };

    private ClusterAnswer Accepted(string path, ClusterThing thing)
    {
        var operation = NewOperation(path, thing);
        return new ClusterAnswer(202) { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Azure-AsyncOperation"] = operation, ["Location"] = operation } };
    }

    private string NewOperation(string path, ClusterThing thing)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"op{++_count}");
        _operations[id] = thing;
        return $"{Endpoint}{path.Trim('/').Split("/resourceGroups/")[0]}/providers/Microsoft.ContainerService/locations/westeurope/operations/{id}?api-version=2016-03-30";
    }

    private ClusterAnswer ShowOperation(string id)
    {
        if (!_operations.TryGetValue(id, out var thing))
        {
            return Error(404, "NotFound", "The entity was not found.");
        }

        thing.Look();
        var shown = new JsonObject { ["name"] = id, ["status"] = thing.IsBusy ? "InProgress" : thing.State == ThingState.Failed ? "Failed" : "Succeeded" };
        if (thing.State == ThingState.Failed)
        {
            shown["error"] = new JsonObject { ["code"] = "SkuNotAvailable", ["message"] = "The requested VM size is not available in location 'westeurope' due to Capacity Restrictions." };
        }

        return Ok(shown);
    }

    private string Kubeconfig(ClusterHolder cluster)
    {
        var user = Client is { } client
            ? $"    client-certificate-data: {Encode(client.Certificate)}\n    client-key-data: {Encode(client.Key)}\n"
            : "    exec:\n      apiVersion: client.authentication.k8s.io/v1beta1\n      command: kubelogin\n";
        var (server, authority) = ApiServer is { } there ? (there.Server.GetLeftPart(UriPartial.Authority), Encode(there.Authority)) : ($"https://{cluster.Name}.hcp.westeurope.azmk8s.io:443", Pem);
        return $"apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: {authority}\n    server: {server}\n  name: {cluster.Name}\nusers:\n- name: u\n  user:\n{user}";

        static string Encode(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
    }

    private static string StateOf(ClusterThing thing) => thing.State switch
    {
        ThingState.Running => "Succeeded",
        var state => state.ToString(),
    };

    private static JsonObject Show(ClusterHolder cluster)
    {
        var shown = cluster.Document.DeepClone().AsObject();
        shown["id"] = $"/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/{cluster.Name}";
        shown["name"] = cluster.Name;
        shown["type"] = "Microsoft.ContainerService/ManagedClusters";
        var properties = shown["properties"]!.AsObject();
        properties["provisioningState"] = StateOf(cluster);
        properties["powerState"] = new JsonObject { ["code"] = "Running" };
        properties["fqdn"] = $"{cluster.Name}.hcp.westeurope.azmk8s.io";
        if (cluster.State == ThingState.Creating || cluster.Fails)
        {
            properties.Remove("currentKubernetesVersion");
        }

        properties["agentPoolProfiles"] = new JsonArray([.. cluster.Pools.Values.Select(pool => (JsonNode)Profile(pool))]);
        return shown;
    }

    private static JsonObject Profile(ClusterThing pool)
    {
        var profile = pool.Document.DeepClone().AsObject();
        profile["name"] = pool.Name;
        profile["provisioningState"] = StateOf(pool);
        profile["powerState"] = new JsonObject { ["code"] = "Running" };
        return profile;
    }

    private static JsonObject ShowPool(ClusterHolder cluster, ClusterThing pool)
    {
        var properties = Profile(pool);
        properties.Remove("name");
        return new JsonObject
        {
            ["id"] = $"/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/{cluster.Name}/agentPools/{pool.Name}",
            ["name"] = pool.Name,
            ["type"] = "Microsoft.ContainerService/managedClusters/agentPools",
            ["properties"] = properties,
        };
    }

    private static JsonObject Describe(string version, bool isDefault) => new()
    {
        ["version"] = version[..version.LastIndexOf('.')],
        ["isDefault"] = isDefault,
        ["isPreview"] = false,
        ["patchVersions"] = new JsonObject { [version] = new JsonObject { ["upgrades"] = new JsonArray() } },
    };

    private static ClusterAnswer Ok(JsonObject body) => new(200, body);

    /// <summary>A refusal.</summary>
    public static ClusterAnswer Error(int status, string code, string message) => new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
}
