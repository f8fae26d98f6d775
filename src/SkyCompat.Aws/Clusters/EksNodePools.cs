using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Clusters;

namespace SkyCompat.Aws;

/// <summary>Managed node groups.</summary>
internal sealed class EksNodePools(EksClient client) : NodePoolDriver
{
    public override async Task<NodePoolInfo?> TryGetAsync(string cluster, string name, CancellationToken cancellationToken) =>
        (await client.TryGetAsync(EksPaths.Pool(cluster, name), cancellationToken).ConfigureAwait(false)).At("nodegroup") is { ValueKind: JsonValueKind.Object } pool ? Read(cluster, pool) : null;

    public override async Task<DriverPage<NodePoolInfo>> ListPageAsync(string cluster, string? pageToken, CancellationToken cancellationToken)
    {
        var reply = await client.GetAsync(EksPaths.Pools(cluster), cancellationToken, ("nextToken", pageToken)).ConfigureAwait(false);
        var found = new List<NodePoolInfo>();
        foreach (var name in reply.Texts("nodegroups"))
        {
            if (await TryGetAsync(cluster, name, cancellationToken).ConfigureAwait(false) is { } pool)
            {
                found.Add(pool);
            }
        }

        return new DriverPage<NodePoolInfo>(found, reply.Text("nextToken"));
    }

    public override async Task<string?> CreateAsync(string cluster, NodePoolRequest request, CancellationToken cancellationToken)
    {
        var role = EksRoles.Demand(client.Context.NodeRole, nameof(AwsOptions.EksNodeRole));
        var subnets = request.SubnetIds.Count > 0 ? request.SubnetIds
            : [.. (await client.GetAsync(EksPaths.Cluster(cluster), cancellationToken).ConfigureAwait(false)).Texts("cluster", "resourcesVpcConfig", "subnetIds")];
        var spec = request.Spec;
        var body = new JsonObject
        {
            ["nodegroupName"] = spec.Name,
            ["nodeRole"] = role,
            ["subnets"] = subnets.ToJson(),
            ["scalingConfig"] = Scaling(spec),
            ["instanceTypes"] = new JsonArray(request.InstanceType),
            ["capacityType"] = request.Market == Market.Spot ? "SPOT" : "ON_DEMAND",
            ["amiType"] = ImageOf(spec.Need),
            ["tags"] = request.Tags.ToJson(),
            ["clientRequestToken"] = request.ClientToken,
        };
        if (spec.Labels.Count > 0)
        {
            body["labels"] = spec.Labels.ToJson();
        }

        if (spec.Taints.Count > 0)
        {
            body["taints"] = Write(spec.Taints);
        }

        if (spec.DiskGiB is { } disk)
        {
            body["diskSize"] = disk;
        }

        await client.PostAsync(EksPaths.Pools(cluster), body, cancellationToken).ConfigureAwait(false);
        return null;
    }

    public override async Task<string?> UpdateAsync(string cluster, NodePoolRequest request, NodePoolInfo current, CancellationToken cancellationToken)
    {
        var spec = request.Spec;
        var body = new JsonObject
        {
            // While the pool scales by itself its number of nodes is its own.
            ["scalingConfig"] = spec.Autoscale is { } range && current.Count is { } count ? Scaling(spec, Math.Clamp(count, range.Min, range.Max)) : Scaling(spec),
            ["labels"] = new JsonObject
            {
                ["addOrUpdateLabels"] = spec.Labels.ToJson(),
                ["removeLabels"] = current.Labels.Keys.Where(key => !spec.Labels.ContainsKey(key)).ToJson(),
            },
            ["taints"] = new JsonObject
            {
                ["addOrUpdateTaints"] = Write(spec.Taints),
                ["removeTaints"] = Write(current.Taints.Where(taint => !spec.Taints.Any(wanted => wanted.Key == taint.Key && wanted.Effect == taint.Effect))),
            },
        };
        var reply = await client.PostAsync(EksPaths.Pool(cluster, spec.Name) + "/update-config", body, cancellationToken).ConfigureAwait(false);
        return EksPaths.Handle(reply.Text("update", "id"), spec.Name);
    }

    public override async Task<string?> UpgradeAsync(string cluster, string name, string version, string clientToken, CancellationToken cancellationToken)
    {
        var reply = await client.PostAsync(EksPaths.Pool(cluster, name) + "/update-version", new JsonObject { ["version"] = version, ["clientRequestToken"] = clientToken }, cancellationToken).ConfigureAwait(false);
        return EksPaths.Handle(reply.Text("update", "id"), name);
    }

    public override async Task<string?> DeleteAsync(string cluster, string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAsync(EksPaths.Pool(cluster, name), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request })
        {
            // What is gone needs no deleting.
        }

        return null;
    }

    private static NodePoolInfo Read(string cluster, JsonElement pool)
    {
        var issues = EksStates.Issues(pool);
        var (min, max) = ((int)(pool.Number("scalingConfig", "minSize") ?? 0), (int)(pool.Number("scalingConfig", "maxSize") ?? 0));
        var count = (int?)pool.Number("scalingConfig", "desiredSize");

        // A fixed number has equal bounds; an empty pool's upper bound cannot be below 1.
        var isFixed = (min == count && max == count) || (count == 0 && min == 0 && max == 1);
        return new NodePoolInfo
        {
            Name = pool.Text("nodegroupName") ?? "",
            Cluster = cluster,
            Phase = EksStates.OfPool(pool.Text("status"), issues.Count > 0),
            RawState = pool.Text("status") ?? "",
            Version = pool.Text("version"),
            InstanceType = pool.Texts("instanceTypes").FirstOrDefault(),
            DiskGiB = (int?)pool.Number("diskSize"),
            Market = pool.Text("capacityType") == "SPOT" ? Market.Spot : Market.OnDemand,
            Count = count,
            Autoscale = isFixed ? null : new NodeRange(min, max),
            Labels = pool.Map("labels"),
            Taints = [.. pool.Items("taints").Select(taint => new NodeTaint(taint.Text("key") ?? "", taint.Text("value") ?? "", EffectOf(taint.Text("effect"))))],
            Issues = issues,
        };
    }

    private static JsonObject Scaling(NodePoolSpec spec, int? desired = null) => new()
    {
        ["minSize"] = spec.Autoscale?.Min ?? spec.Count,
        ["maxSize"] = spec.Autoscale?.Max ?? Math.Max(spec.Count, 1),
        ["desiredSize"] = desired ?? spec.Count,
    };

    private static JsonArray Write(IEnumerable<NodeTaint> taints) =>
        new([.. taints.Select(taint => (JsonNode)new JsonObject { ["key"] = taint.Key, ["value"] = taint.Value, ["effect"] = NameOf(taint.Effect) })]);

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

    private static string ImageOf(MachineNeed need) => (need.Architecture, need.Gpu) switch
    {
        (CpuArchitecture.Arm64, null) => "AL2023_ARM_64_STANDARD",
        (CpuArchitecture.Arm64, _) => "AL2023_ARM_64_NVIDIA",
        (_, null) => "AL2023_x86_64_STANDARD",
        _ => "AL2023_x86_64_NVIDIA",
    };
}
