using System.Text.Json;
using System.Text.Json.Nodes;
using SkyCompat.Clusters;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Agent pools of AKS.</summary>
internal sealed class AksNodePools(ArmClient client) : NodePoolDriver
{
    public override async Task<NodePoolInfo?> TryGetAsync(string cluster, string name, CancellationToken cancellationToken) =>
        await client.TryGetAsync(PathOf(cluster, name), ArmVersions.Clusters, cancellationToken).ConfigureAwait(false) is { ValueKind: JsonValueKind.Object } pool ? AksPoolBody.Read(cluster, pool) : null;

    public override async Task<DriverPage<NodePoolInfo>> ListPageAsync(string cluster, string? pageToken, CancellationToken cancellationToken)
    {
        var page = await AksErrors.RunAsync(() => client.ListPageAsync($"{client.Scope.One(ArmTypes.Cluster, cluster)}/agentPools", ArmVersions.Clusters, query: null, pageToken, cancellationToken)).ConfigureAwait(false);
        return new DriverPage<NodePoolInfo>([.. page.Items.Select(pool => AksPoolBody.Read(cluster, pool))], page.NextLink);
    }

    public override async Task<string?> CreateAsync(string cluster, NodePoolRequest request, CancellationToken cancellationToken)
    {
        if (await TryGetAsync(cluster, request.Spec.Name, cancellationToken).ConfigureAwait(false) is not null)
        {
            // Putting it again would change what is there.
            throw new CloudException(CloudErrorCode.AlreadyExists, $"There is a pool '{request.Spec.Name}'.");
        }

        return await PutAsync(cluster, request.Spec.Name, AksPoolBody.Create(request, isSystem: false), cancellationToken).ConfigureAwait(false);
    }

    public override async Task<string?> UpdateAsync(string cluster, NodePoolRequest request, NodePoolInfo current, CancellationToken cancellationToken)
    {
        var pool = await GetAsync(cluster, request.Spec.Name, cancellationToken).ConfigureAwait(false);
        return await PutAsync(cluster, request.Spec.Name, AksPoolBody.Change(pool, request.Spec), cancellationToken).ConfigureAwait(false);
    }

    public override async Task<string?> UpgradeAsync(string cluster, string name, string version, string clientToken, CancellationToken cancellationToken)
    {
        var properties = AksPoolBody.Writable(await GetAsync(cluster, name, cancellationToken).ConfigureAwait(false));
        properties["orchestratorVersion"] = version;
        return await PutAsync(cluster, name, properties, cancellationToken).ConfigureAwait(false);
    }

    public override Task<string?> DeleteAsync(string cluster, string name, CancellationToken cancellationToken) => AksDeletion.DeleteAsync(client, PathOf(cluster, name), cancellationToken);

    private async Task<string?> PutAsync(string cluster, string name, JsonObject properties, CancellationToken cancellationToken)
    {
        var reply = await AksErrors.RunAsync(() => client.SendAsync(
            HttpMethod.Put, PathOf(cluster, name), ArmVersions.Clusters, query: null, new JsonObject { ["properties"] = properties }, ArmSubject.Resource, cancellationToken)).ConfigureAwait(false);
        return reply.Operation;
    }

    private async Task<JsonElement> GetAsync(string cluster, string name, CancellationToken cancellationToken) =>
        await client.TryGetAsync(PathOf(cluster, name), ArmVersions.Clusters, cancellationToken).ConfigureAwait(false) is { ValueKind: JsonValueKind.Object } pool ? pool
            : throw new CloudException(CloudErrorCode.NotFound, "There is no such node pool.") { Reason = ClusterErrorReasons.PoolNotFound };

    private string PathOf(string cluster, string name) => $"{client.Scope.One(ArmTypes.Cluster, cluster)}/agentPools/{Uri.EscapeDataString(name)}";
}
