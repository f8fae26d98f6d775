using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.Clusters;

/// <summary>Alibaba Cloud ACK, in memory: clusters, node pools, tasks, temporary kubeconfigs. Names are not unique, as the service has them.</summary>
public sealed class AckEmulator : ClusterEmulator
{
    private const string Pem = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=";
    private readonly Dictionary<string, ClusterThing> _tasks = new(StringComparer.Ordinal);
    private int _count;

    public AckEmulator() => Versions = ["1.33.1-aliyun.1", "1.34.1-aliyun.1", "1.32.7-aliyun.1"];

    protected override ClusterAnswer Answer(string method, string path, IQueryCollection query, JsonObject? body)
    {
        foreach (var id in Clusters.Keys.ToList())
        {
            Find(id);
        }

        return (method, path.Trim('/').Split('/')) switch
        {
            ("GET", ["api", "v1", "metadata", "versions"]) => new(200, new JsonArray([.. Versions.Select(version => (JsonNode)new JsonObject { ["version"] = version, ["creatable"] = true, ["expiration_date"] = "2027-01-01T00:00:00Z" })])),
            ("GET", ["api", "v1", "clusters"]) => List(query),
            ("POST", ["clusters"]) => Create(body!),
            ("GET", ["tasks", var task]) => ShowTask(task),
            ("GET", ["k8s", var id, "user_config"]) => Clusters.TryGetValue(id, out var opened) ? Open(opened) : NotFound(id),
            ("POST", ["api", "v2", "clusters", var id, "upgrade"]) => Clusters.TryGetValue(id, out var upgraded) ? Upgrade(upgraded, body!) : NotFound(id),
            (_, ["clusters", var id, .. var rest]) => Clusters.TryGetValue(id, out var cluster) ? OfCluster(method, rest, cluster, body) : NotFound(id),
            _ => Error(404, "InvalidAction.NotFound", "No such operation."),
        };
    }

    private ClusterAnswer OfCluster(string method, string[] rest, ClusterHolder cluster, JsonObject? body)
    {
        foreach (var pool in cluster.Pools.Values)
        {
            pool.Look();
        }

        cluster.Clean();
        switch (method, rest)
        {
            case ("GET", []):
                return Ok(Show(cluster));
            case ("DELETE", []) when cluster.State is ThingState.Creating or ThingState.Updating:
                return Error(409, "ErrorClusterState", "The cluster's state does not allow this operation.");
            case ("DELETE", []):
                cluster.Delete(Looks);
                return Ok(new JsonObject { ["cluster_id"] = IdOf(cluster), ["task_id"] = NewTask(cluster), ["request_id"] = "r" });
            case ("GET", ["nodepools"]):
                return Ok(new JsonObject { ["nodepools"] = new JsonArray([.. cluster.Pools.Values.Select(pool => (JsonNode)ShowPool(pool))]) });
            case ("POST", ["nodepools"]) when cluster.State != ThingState.Running:
                return Error(409, "ErrorClusterState", "The cluster's state does not allow this operation.");
            case ("POST", ["nodepools"]):
                var made = AddPool(cluster, body!);
                return Ok(new JsonObject { ["nodepool_id"] = made.Name, ["task_id"] = NewTask(made), ["request_id"] = "r" });
            case (_, ["nodepools", var id, ..]) when cluster.Pools.TryGetValue(id, out var pool):
                return OfPool(method, rest[2..], pool, body);
            default:
                return Error(404, "ErrorNodePoolNotFound", "The node pool does not exist.");
        }
    }

    private ClusterAnswer OfPool(string method, string[] rest, ClusterThing pool, JsonObject? body)
    {
        if (pool.IsBusy)
        {
            return Error(400, "ErrorNodePoolState", "The node pool's state does not allow this operation.");
        }

        switch (method, rest)
        {
            case ("DELETE", []):
                pool.Delete(Looks);
                break;
            case ("PUT", []):
                pool.Change(Looks, () =>
                {
                    pool.Document["auto_scaling"] = body!["auto_scaling"]!.DeepClone();
                    pool.Document["kubernetes_config"] = body["kubernetes_config"]!.DeepClone();
                    if (body["scaling_group"]?["desired_size"] is { } size)
                    {
                        pool.Document["scaling_group"]!["desired_size"] = (int)size;
                    }
                });
                break;
            default:
                pool.Change(Looks);
                break;
        }

        return Ok(new JsonObject { ["task_id"] = NewTask(pool) });
    }

    private ClusterAnswer List(IQueryCollection query)
    {
        var found = Clusters.Values.Where(cluster => !query.ContainsKey("name") || cluster.Document["name"]!.ToString().Contains(query["name"].ToString(), StringComparison.Ordinal)).ToList();
        var (number, size) = (int.Parse(query["page_number"]!, CultureInfo.InvariantCulture), int.Parse(query["page_size"]!, CultureInfo.InvariantCulture));
        return Ok(new JsonObject
        {
            ["clusters"] = new JsonArray([.. found.Skip((number - 1) * size).Take(size).Select(cluster => (JsonNode)Show(cluster))]),
            ["page_info"] = new JsonObject { ["page_number"] = number, ["page_size"] = size, ["total_count"] = found.Count },
        });
    }

    private ClusterAnswer Create(JsonObject body)
    {
        var version = (string?)body["kubernetes_version"] ?? Versions[0];
        if (!Versions.Contains(version, StringComparer.Ordinal))
        {
            return Error(400, "InvalidKubernetesVersion", $"The version {version} is not supported.");
        }

        if (Clusters.Count >= Quota)
        {
            return Error(400, "ErrorQuotaExceeded", "The number of clusters exceeds the quota.");
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"c{++_count:x32}");
        var document = body.DeepClone().AsObject();
        document["current_version"] = version;
        var cluster = new ClusterHolder(id, document, Looks);
        Clusters[id] = cluster;
        foreach (var pool in body["nodepools"] as JsonArray ?? [])
        {
            AddPool(cluster, pool!.AsObject());
        }

        return Ok(new JsonObject { ["cluster_id"] = id, ["task_id"] = NewTask(cluster), ["request_id"] = "r" });
    }

    private ClusterAnswer Upgrade(ClusterHolder cluster, JsonObject body)
    {
        if (cluster.IsBusy)
        {
            return Error(409, "ErrorClusterState", "The cluster's state does not allow this operation.");
        }

        cluster.Change(Looks, () => cluster.Document["current_version"] = (string)body["next_version"]!);
        return Ok(new JsonObject { ["cluster_id"] = IdOf(cluster), ["task_id"] = NewTask(cluster), ["request_id"] = "r" });
    }

    private static ClusterAnswer Open(ClusterHolder cluster) => Ok(new JsonObject
    {
        ["config"] = $"apiVersion: v1\nclusters:\n- cluster:\n    server: https://{IdOf(cluster)}.cn-hangzhou.alicontainer.com:6443\n    certificate-authority-data: {Pem}\n  name: kubernetes\nusers:\n- name: \"1\"\n  user:\n    client-certificate-data: {Pem}\n    client-key-data: {Pem}\n",
        ["expiration"] = TimeProvider.System.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    });

    private ClusterThing AddPool(ClusterHolder cluster, JsonObject body)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"np{++_count:x32}");
        var pool = new ClusterThing(id, body.DeepClone().AsObject(), Looks);
        cluster.Pools[id] = pool;
        return pool;
    }

    private string NewTask(ClusterThing thing)
    {
        var task = string.Create(CultureInfo.InvariantCulture, $"T-{++_count}");
        _tasks[task] = thing;
        return task;
    }

    private ClusterAnswer ShowTask(string task)
    {
        if (!_tasks.TryGetValue(task, out var thing))
        {
            return Error(404, "ErrorTaskNotFound", "The task does not exist.");
        }

        thing.Look();
        var shown = new JsonObject { ["task_id"] = task, ["state"] = thing.IsBusy ? "running" : thing.State == ThingState.Failed ? "failed" : "success" };
        if (thing.State == ThingState.Failed)
        {
            shown["error"] = new JsonObject { ["code"] = "OperationDenied.NoStock", ["message"] = "The requested resource is sold out in the specified zone." };
        }

        return Ok(shown);
    }

    private static string IdOf(ClusterHolder cluster) => cluster.Name;

    private static JsonObject Show(ClusterHolder cluster) => new()
    {
        ["cluster_id"] = IdOf(cluster),
        ["name"] = (string?)cluster.Document["name"],
        ["region_id"] = (string?)cluster.Document["region_id"],
        ["state"] = cluster.State switch
        {
            ThingState.Creating => "initial",
            ThingState.Running => "running",
            ThingState.Updating => "updating",
            ThingState.Deleting => "deleting",
            ThingState.Gone => "deleted",
            _ => "failed",
        },
        ["current_version"] = (string?)cluster.Document["current_version"],
        ["master_url"] = cluster.State == ThingState.Creating ? "" : $"{{\"api_server_endpoint\":\"https://{IdOf(cluster)}.cn-hangzhou.alicontainer.com:6443\"}}",
        ["tags"] = cluster.Document["tags"]?.DeepClone() ?? new JsonArray(),
        ["vswitch_ids"] = cluster.Document["vswitch_ids"]?.DeepClone() ?? new JsonArray(),
        ["created"] = "2026-01-01T00:00:00+08:00",
    };

    private static JsonObject ShowPool(ClusterThing pool)
    {
        var info = pool.Document["nodepool_info"]!.DeepClone().AsObject();
        info["nodepool_id"] = pool.Name;
        return new JsonObject
        {
            ["nodepool_info"] = info,
            ["scaling_group"] = pool.Document["scaling_group"]?.DeepClone(),
            ["auto_scaling"] = pool.Document["auto_scaling"]?.DeepClone(),
            ["kubernetes_config"] = pool.Document["kubernetes_config"]?.DeepClone(),
            ["status"] = new JsonObject
            {
                ["state"] = pool.State switch
                {
                    ThingState.Creating => "initial",
                    ThingState.Running => "active",
                    ThingState.Updating => "updating",
                    ThingState.Deleting => "deleting",
                    _ => "failed",
                },
            },
        };
    }

    private static ClusterAnswer NotFound(string id) => Error(404, "ErrorClusterNotFound", $"The cluster {id} does not exist.");

    private static ClusterAnswer Ok(JsonObject body) => new(200, body);

    /// <summary>A refusal.</summary>
    public static ClusterAnswer Error(int status, string code, string message) => new(status, new JsonObject { ["code"] = code, ["message"] = message, ["requestId"] = "r-1" });
}
