using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Clusters;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Node pools of ACK.</summary>
internal sealed class AckNodePools(RoaClient client, AckDirectory directory) : NodePoolDriver
{
    public override async Task<NodePoolInfo?> TryGetAsync(string cluster, string name, CancellationToken cancellationToken) =>
        (await directory.TryGetPoolAsync(cluster, name, cancellationToken).ConfigureAwait(false)).Pool is { ValueKind: JsonValueKind.Object } pool ? AckPoolBody.Read(cluster, pool) : null;

    public override async Task<DriverPage<NodePoolInfo>> ListPageAsync(string cluster, string? pageToken, CancellationToken cancellationToken)
    {
        var id = await directory.GetIdAsync(cluster, cancellationToken).ConfigureAwait(false);
        var reply = await client.GetAsync("DescribeClusterNodePools", $"/clusters/{id}/nodepools", cancellationToken).ConfigureAwait(false);
        return new DriverPage<NodePoolInfo>([.. reply.Items("nodepools").Select(pool => AckPoolBody.Read(cluster, pool))]);
    }

    public override async Task<string?> CreateAsync(string cluster, NodePoolRequest request, CancellationToken cancellationToken)
    {
        var (id, existing) = await directory.TryGetPoolAsync(cluster, request.Spec.Name, cancellationToken).ConfigureAwait(false);
        if (existing.ValueKind == JsonValueKind.Object)
        {
            // ACK takes a name any number of times.
            throw new CloudException(CloudErrorCode.AlreadyExists, $"There is a pool '{request.Spec.Name}'.");
        }

        id = id.Length > 0 ? id : throw NoCluster();
        var detail = await client.GetAsync("DescribeClusterDetail", $"/clusters/{id}", cancellationToken).ConfigureAwait(false);
        var subnets = request.SubnetIds.Count > 0 ? request.SubnetIds : SubnetsOf(detail);
        var body = AckPoolBody.Create(request, subnets, client.Context.Machines.DiskCategory);
        return AckTasks.Handle(await client.SendAsync(HttpMethod.Post, "CreateClusterNodePool", $"/clusters/{id}/nodepools", body, cancellationToken).ConfigureAwait(false));
    }

    public override async Task<string?> UpdateAsync(string cluster, NodePoolRequest request, NodePoolInfo current, CancellationToken cancellationToken)
    {
        var path = await PathOfAsync(cluster, request.Spec.Name, cancellationToken).ConfigureAwait(false);
        return AckTasks.Handle(await client.SendAsync(HttpMethod.Put, "ModifyClusterNodePool", path, AckPoolBody.Change(request.Spec), cancellationToken).ConfigureAwait(false));
    }

    public override async Task<string?> UpgradeAsync(string cluster, string name, string version, string clientToken, CancellationToken cancellationToken)
    {
        var path = await PathOfAsync(cluster, name, cancellationToken).ConfigureAwait(false);
        return AckTasks.Handle(await client.SendAsync(HttpMethod.Post, "UpgradeClusterNodepool", path + "/upgrade", new JsonObject { ["kubernetes_version"] = version }, cancellationToken).ConfigureAwait(false));
    }

    public override async Task<string?> DeleteAsync(string cluster, string name, CancellationToken cancellationToken)
    {
        try
        {
            var path = await PathOfAsync(cluster, name, cancellationToken).ConfigureAwait(false);
            return AckTasks.Handle(await client.SendAsync(HttpMethod.Delete, "DeleteClusterNodepool", path, null, cancellationToken, ("force", "true")).ConfigureAwait(false));
        }
        catch (CloudException exception) when (exception is { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request })
        {
            // What is gone needs no deleting.
            return null;
        }
    }

    private async Task<string> PathOfAsync(string cluster, string name, CancellationToken cancellationToken)
    {
        var (id, pool) = await directory.TryGetPoolAsync(cluster, name, cancellationToken).ConfigureAwait(false);
        return pool.Text("nodepool_info", "nodepool_id") is { } poolId ? $"/clusters/{id}/nodepools/{poolId}"
            : throw new CloudException(CloudErrorCode.NotFound, "There is no such node pool.") { Reason = ClusterErrorReasons.PoolNotFound };
    }

    private static List<string> SubnetsOf(JsonElement cluster) =>
        cluster.Texts("vswitch_ids").ToList() is { Count: > 0 } many ? many : [.. (cluster.Text("vswitch_id") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)];

    private static CloudException NoCluster() => new(CloudErrorCode.NotFound, "There is no such cluster.") { Reason = ClusterErrorReasons.ClusterNotFound };
}
