using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Clusters;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Node pools as Kubernetes Engine has them.</summary>
internal static class GkePoolBody
{
    // What Kubernetes Engine itself puts on nodes has names of its own domains.
    private static readonly string[] OwnDomains = ["cloud.google.com/", "goog-", "container.googleapis.com/"];

    public static JsonObject Create(NodePoolRequest request, IReadOnlyList<string> zones)
    {
        var spec = request.Spec;
        var used = GkeZones.Choose(zones, spec.Count);
        var config = new JsonObject
        {
            ["machineType"] = request.InstanceType,
            ["resourceLabels"] = request.Tags.ToJson(),

            // What nodes may do is decided by their service account, not by a second list.
            ["oauthScopes"] = new JsonArray("https://www.googleapis.com/auth/cloud-platform"),
        };
        if (request.Market == Market.Spot)
        {
            config["spot"] = true;
        }

        if (spec.DiskGiB is { } disk)
        {
            config["diskSizeGb"] = disk;
        }

        if (spec.Labels.Count > 0)
        {
            config["labels"] = spec.Labels.ToJson();
        }

        if (spec.Taints.Count > 0)
        {
            config["taints"] = Write(spec.Taints);
        }

        var pool = new JsonObject
        {
            ["name"] = spec.Name,
            ["initialNodeCount"] = spec.Count / used.Count,
            ["locations"] = used.ToJson(),
            ["config"] = config,
        };
        if (spec.Autoscale is { } range)
        {
            pool["autoscaling"] = Scaling(range);
        }

        return pool;
    }

    public static JsonObject Scaling(NodeRange? range) => range is null
        ? new JsonObject { ["enabled"] = false }
        : new JsonObject { ["enabled"] = true, ["totalMinNodeCount"] = range.Min, ["totalMaxNodeCount"] = range.Max };

    public static JsonArray Write(IEnumerable<NodeTaint> taints) =>
        new([.. taints.Select(taint => (JsonNode)new JsonObject { ["key"] = taint.Key, ["value"] = taint.Value, ["effect"] = NameOf(taint.Effect) })]);

    public static NodePoolInfo Read(string cluster, JsonElement pool)
    {
        var places = Math.Max(pool.Items("locations").Count(), 1);
        var scaling = pool.At("autoscaling");
        var total = scaling.Number("totalMaxNodeCount") is > 0;
        return new NodePoolInfo
        {
            Name = pool.Text("name") ?? "",
            Cluster = cluster,
            Phase = GkeStates.Of(pool.Text("status")),
            RawState = pool.Text("status") ?? "",
            Version = pool.Text("version"),
            InstanceType = pool.Text("config", "machineType"),
            Market = pool.IsTrue("config", "spot") || pool.IsTrue("config", "preemptible") ? Market.Spot : Market.OnDemand,

            // The initial number stays what it was when a pool is resized, and the numbers that it has now are those of its
            // instance groups, which are another service's and need rights in it.
            Count = null,
            Autoscale = !scaling.IsTrue("enabled") ? null
                : total ? new NodeRange((int)(scaling.Number("totalMinNodeCount") ?? 0), (int)scaling.Number("totalMaxNodeCount")!)
                : new NodeRange((int)(scaling.Number("minNodeCount") ?? 0) * places, (int)(scaling.Number("maxNodeCount") ?? 0) * places),
            DiskGiB = (int?)pool.Number("config", "diskSizeGb"),
            Labels = pool.Map("config", "labels").Where(label => !IsOwn(label.Key)).ToDictionary(StringComparer.Ordinal),
            Taints = [.. pool.Items("config", "taints").Select(taint => new NodeTaint(taint.Text("key") ?? "", taint.Text("value") ?? "", EffectOf(taint.Text("effect")))).Where(taint => !IsOwn(taint.Key))],
            Issues = GkeStates.Issues(pool),
        };
    }

    private static bool IsOwn(string key) => Array.Exists(OwnDomains, domain => key.StartsWith(domain, StringComparison.Ordinal));

    private static string NameOf(TaintEffect effect) => effect switch
    {
        TaintEffect.PreferNoSchedule => "PREFER_NO_SCHEDULE",
        TaintEffect.NoExecute => "NO_EXECUTE",
        _ => "NO_SCHEDULE",
    };

    private static TaintEffect EffectOf(string? name) => name switch
    {
        "PREFER_NO_SCHEDULE" => TaintEffect.PreferNoSchedule,
        "NO_EXECUTE" => TaintEffect.NoExecute,
        _ => TaintEffect.NoSchedule,
    };
}
