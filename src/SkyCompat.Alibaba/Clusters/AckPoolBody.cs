using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Clusters;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Node pools as ACK has them.</summary>
internal static class AckPoolBody
{
    // What ACK itself puts on nodes has names of its own domains.
    private static readonly string[] OwnDomains = ["alibabacloud.com/", "ack.aliyun.com", "node.alibabacloud.com/", "aliyun.accelerator"];

    public static JsonObject Create(NodePoolRequest request, IReadOnlyList<string> subnets, string diskCategory)
    {
        const int UsualDiskGiB = 120;
        var spec = request.Spec;
        var group = new JsonObject
        {
            ["vswitch_ids"] = subnets.ToJson(),
            ["instance_types"] = new JsonArray(request.InstanceType),
            ["instance_charge_type"] = "PostPaid",
            ["system_disk_category"] = diskCategory,
            ["system_disk_size"] = spec.DiskGiB ?? UsualDiskGiB,
            ["tags"] = Write(request.Tags),
        };
        if (spec.Autoscale is null)
        {
            group["desired_size"] = spec.Count;
        }

        if (request.Market == Market.Spot)
        {
            group["spot_strategy"] = "SpotAsPriceGo";
        }

        return new JsonObject
        {
            ["nodepool_info"] = new JsonObject { ["name"] = spec.Name },
            ["scaling_group"] = group,
            ["auto_scaling"] = Scaling(spec.Autoscale),
            ["kubernetes_config"] = Kubernetes(spec, "containerd"),
        };
    }

    public static JsonObject Change(NodePoolSpec spec) => new()
    {
        ["auto_scaling"] = Scaling(spec.Autoscale),
        ["kubernetes_config"] = Kubernetes(spec, runtime: null),
        ["scaling_group"] = spec.Autoscale is null ? new JsonObject { ["desired_size"] = spec.Count } : [],
        ["update_nodes"] = true,
    };

    public static JsonArray Write(IReadOnlyDictionary<string, string> tags) =>
        new([.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => (JsonNode)new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value })]);

    public static NodePoolInfo Read(string cluster, JsonElement pool)
    {
        var scaling = pool.At("auto_scaling");
        var spot = pool.Text("scaling_group", "spot_strategy");
        var problems = pool.Items("status", "conditions").Where(condition => condition.Text("status") == "False").Select(condition => new ClusterIssue(condition.Text("reason") ?? condition.Text("type") ?? "", condition.Text("message") ?? ""));
        return new NodePoolInfo
        {
            Name = pool.Text("nodepool_info", "name") ?? "",
            Cluster = cluster,
            Phase = AckStates.OfPool(pool.Text("status", "state")),
            RawState = pool.Text("status", "state") ?? "",
            InstanceType = pool.Texts("scaling_group", "instance_types").FirstOrDefault(),
            DiskGiB = (int?)pool.Number("scaling_group", "system_disk_size"),
            Market = spot is null or "" or "NoSpot" ? Market.OnDemand : Market.Spot,
            Count = (int?)(pool.Number("scaling_group", "desired_size") ?? pool.Number("status", "total_nodes")),
            Autoscale = scaling.IsTrue("enable") ? new NodeRange((int)(scaling.Number("min_instances") ?? 0), (int)(scaling.Number("max_instances") ?? 0)) : null,
            Labels = pool.Items("kubernetes_config", "labels").Where(label => !IsOwn(label.Text("key"))).ToDictionary(label => label.Text("key")!, label => label.Text("value") ?? "", StringComparer.Ordinal),
            Taints = [.. pool.Items("kubernetes_config", "taints").Where(taint => !IsOwn(taint.Text("key"))).Select(taint => new NodeTaint(taint.Text("key")!, taint.Text("value") ?? "", EffectOf(taint.Text("effect"))))],
            Issues = [.. problems],
        };
    }

    private static JsonObject Scaling(NodeRange? range) => range is null
        ? new JsonObject { ["enable"] = false }
        : new JsonObject { ["enable"] = true, ["type"] = "cpu", ["min_instances"] = range.Min, ["max_instances"] = range.Max };

    private static JsonObject Kubernetes(NodePoolSpec spec, string? runtime)
    {
        var config = new JsonObject
        {
            ["labels"] = Write(spec.Labels),
            ["taints"] = new JsonArray([.. spec.Taints.Select(taint => (JsonNode)new JsonObject { ["key"] = taint.Key, ["value"] = taint.Value, ["effect"] = taint.Effect.ToString() })]),
        };
        if (runtime is not null)
        {
            config["runtime"] = runtime;
        }

        return config;
    }

    private static bool IsOwn(string? key) => key is null || Array.Exists(OwnDomains, domain => key.Contains(domain, StringComparison.Ordinal));

    private static TaintEffect EffectOf(string? name) => Enum.TryParse<TaintEffect>(name, out var effect) ? effect : TaintEffect.NoSchedule;
}
