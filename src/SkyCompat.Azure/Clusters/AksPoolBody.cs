using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Clusters;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Node pools as AKS has them.</summary>
internal static class AksPoolBody
{
    // What Azure itself puts on nodes, such as the taint of the spot market, has names of its own domain.
    private const string OwnDomain = "kubernetes.azure.com/";

    // What replies tell and requests must not.
    private static readonly string[] ReadOnly = ["provisioningState", "currentOrchestratorVersion", "nodeImageVersion", "eTag"];

    /// <summary>The properties of a new pool.</summary>
    public static JsonObject Create(NodePoolRequest request, bool isSystem)
    {
        var properties = new JsonObject
        {
            ["vmSize"] = request.InstanceType,
            ["mode"] = isSystem ? "System" : "User",
            ["osType"] = "Linux",
            ["type"] = "VirtualMachineScaleSets",
            ["tags"] = request.Tags.ToJson(),
        };
        if (request.Market == Market.Spot)
        {
            properties["scaleSetPriority"] = "Spot";
            properties["scaleSetEvictionPolicy"] = "Delete";
            properties["spotMaxPrice"] = -1;
        }

        if (request.Spec.DiskGiB is { } disk)
        {
            properties["osDiskSizeGB"] = disk;
        }

        if (request.SubnetIds is [var subnet, ..])
        {
            properties["vnetSubnetID"] = subnet;
        }

        Apply(properties, request.Spec, request.Spec.Count);
        return properties;
    }

    /// <summary>The properties of a pool with what is asked in place of what it has.</summary>
    public static JsonObject Change(JsonElement pool, NodePoolSpec spec)
    {
        var properties = Writable(pool);
        var count = spec.Autoscale is { } range ? Math.Clamp((int)(pool.Number("properties", "count") ?? spec.Count), range.Min, range.Max) : spec.Count;
        Apply(properties, spec, count, [.. pool.Texts("properties", "nodeTaints").Where(IsOwn)], pool.Map("properties", "nodeLabels").Where(label => IsOwn(label.Key)));
        return properties;
    }

    /// <summary>The properties of a pool that a request may have.</summary>
    public static JsonObject Writable(JsonElement pool) => Strip(JsonNode.Parse(pool.At("properties").GetRawText())!.AsObject());

    public static JsonObject Strip(JsonObject properties)
    {
        foreach (var name in ReadOnly)
        {
            properties.Remove(name);
        }

        return properties;
    }

    public static NodePoolInfo Read(string cluster, JsonElement pool)
    {
        var properties = pool.At("properties");
        return new NodePoolInfo
        {
            Name = pool.Text("name") ?? "",
            Cluster = cluster,
            Phase = AksStates.OfPool(pool),
            RawState = AksStates.Raw(pool),
            Version = properties.Text("currentOrchestratorVersion") ?? properties.Text("orchestratorVersion"),
            InstanceType = properties.Text("vmSize"),
            DiskGiB = (int?)properties.Number("osDiskSizeGB"),
            Market = properties.Text("scaleSetPriority") == "Spot" ? Market.Spot : Market.OnDemand,
            Count = (int?)properties.Number("count"),
            Autoscale = properties.IsTrue("enableAutoScaling") ? new NodeRange((int)(properties.Number("minCount") ?? 0), (int)(properties.Number("maxCount") ?? 0)) : null,
            Labels = properties.Map("nodeLabels").Where(label => !IsOwn(label.Key)).ToDictionary(StringComparer.Ordinal),
            Taints = [.. properties.Texts("nodeTaints").Where(text => !IsOwn(text)).Select(Parse)],
        };
    }

    private static void Apply(JsonObject properties, NodePoolSpec spec, int count, IEnumerable<string>? ownTaints = null, IEnumerable<KeyValuePair<string, string>>? ownLabels = null)
    {
        properties["count"] = count;
        properties["enableAutoScaling"] = spec.Autoscale is not null;
        properties.Remove("minCount");
        properties.Remove("maxCount");
        if (spec.Autoscale is { } range)
        {
            properties["minCount"] = range.Min;
            properties["maxCount"] = range.Max;
        }

        properties["nodeLabels"] = (ownLabels ?? []).Concat(spec.Labels).ToJson();
        properties["nodeTaints"] = (ownTaints ?? []).Concat(spec.Taints.Select(taint => $"{taint.Key}={taint.Value}:{taint.Effect}")).ToJson();
    }

    private static NodeTaint Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var pair = colon < 0 ? text : text[..colon];
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return new NodeTaint(
            equals < 0 ? pair : pair[..equals],
            equals < 0 ? "" : pair[(equals + 1)..],
            Enum.TryParse<TaintEffect>(text[(colon + 1)..], out var effect) ? effect : TaintEffect.NoSchedule);
    }

    private static bool IsOwn(string text) => text.StartsWith(OwnDomain, StringComparison.Ordinal);
}
