using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Clusters;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Node pools of Kubernetes Engine.</summary>
internal sealed class GkeNodePools(GkeClient client) : NodePoolDriver
{
    public override async Task<NodePoolInfo?> TryGetAsync(string cluster, string name, CancellationToken cancellationToken) =>
        await client.TryGetAsync(PathOf(cluster, name), cancellationToken).ConfigureAwait(false) is { ValueKind: JsonValueKind.Object } pool ? GkePoolBody.Read(cluster, pool) : null;

    public override async Task<DriverPage<NodePoolInfo>> ListPageAsync(string cluster, string? pageToken, CancellationToken cancellationToken)
    {
        var reply = await client.GetAsync($"clusters/{GkeNames.Check(cluster)}/nodePools", cancellationToken).ConfigureAwait(false);
        return new DriverPage<NodePoolInfo>([.. reply.Items("nodePools").Select(pool => GkePoolBody.Read(cluster, pool))]);
    }

    public override async Task<string?> CreateAsync(string cluster, NodePoolRequest request, CancellationToken cancellationToken)
    {
        var zones = await ZonesOfAsync(cluster, cancellationToken).ConfigureAwait(false);
        return await client.ChangeAsync(HttpMethod.Post, $"clusters/{GkeNames.Check(cluster)}/nodePools", new JsonObject { ["nodePool"] = GkePoolBody.Create(request, zones) }, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<string?> UpdateAsync(string cluster, NodePoolRequest request, NodePoolInfo current, CancellationToken cancellationToken)
    {
        var spec = request.Spec;
        var path = PathOf(cluster, spec.Name);
        if (spec.Autoscale != current.Autoscale)
        {
            return await client.ChangeAsync(HttpMethod.Post, path + ":setAutoscaling", new JsonObject { ["autoscaling"] = GkePoolBody.Scaling(spec.Autoscale) }, cancellationToken).ConfigureAwait(false);
        }

        if (spec.Labels.Count != current.Labels.Count || spec.Labels.Any(label => current.Labels.GetValueOrDefault(label.Key) != label.Value))
        {
            return await client.ChangeAsync(HttpMethod.Put, path, new JsonObject { ["labels"] = new JsonObject { ["labels"] = spec.Labels.ToJson() } }, cancellationToken).ConfigureAwait(false);
        }

        if (!spec.Taints.ToHashSet().SetEquals(current.Taints))
        {
            return await client.ChangeAsync(HttpMethod.Put, path, new JsonObject { ["taints"] = new JsonObject { ["taints"] = GkePoolBody.Write(spec.Taints) } }, cancellationToken).ConfigureAwait(false);
        }

        return await ResizeAsync(cluster, path, spec.Count, cancellationToken).ConfigureAwait(false);
    }

    public override Task<string?> UpgradeAsync(string cluster, string name, string version, string clientToken, CancellationToken cancellationToken) =>
        client.ChangeAsync(HttpMethod.Put, PathOf(cluster, name), new JsonObject { ["nodeVersion"] = version }, cancellationToken);

    public override Task<string?> DeleteAsync(string cluster, string name, CancellationToken cancellationToken) => client.ChangeAsync(HttpMethod.Delete, PathOf(cluster, name), null, cancellationToken);

    /// <summary>Sets the number of nodes, which Kubernetes Engine counts per zone of the pool.</summary>
    private async Task<string?> ResizeAsync(string cluster, string path, int count, CancellationToken cancellationToken)
    {
        var pool = await client.GetAsync(path, cancellationToken).ConfigureAwait(false);
        var used = pool.Texts("locations").ToList();
        var zones = Math.Max(used.Count, 1);
        if (count % zones != 0)
        {
            throw new CloudException(
                CloudErrorCode.Unsupported,
                $"{count} nodes cannot be shared out evenly to the {zones} zones of the pool, where Kubernetes Engine counts per zone: take a multiple of {zones}, or make another pool.");
        }

        return await client.ChangeAsync(HttpMethod.Post, path + ":setSize", new JsonObject { ["nodeCount"] = count / zones }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string>> ZonesOfAsync(string cluster, CancellationToken cancellationToken) =>
        client.Context.IsRegional ? [.. (await client.GetAsync($"clusters/{GkeNames.Check(cluster)}", cancellationToken).ConfigureAwait(false)).Texts("locations")] : [client.Context.Location];

    private static string PathOf(string cluster, string name) => $"clusters/{GkeNames.Check(cluster)}/nodePools/{GkeNames.Check(name)}";
}
