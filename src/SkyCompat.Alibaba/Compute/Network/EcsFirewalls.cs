using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Firewall groups are security groups, each of one network. What no rule lets in is refused, but for instances of the same group; all may go out.</summary>
internal sealed class EcsFirewalls(EcsContext context, VpcNetworks networks) : FirewallDriver
{
    private const int PageSize = 100;

    private readonly PendingTokens _tokens = new();

    public override async Task<FirewallGroup> EnsureAsync(
        string name, IReadOnlyList<FirewallRule> inbound, string region, string? subnetId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var network = subnetId is null
            ? (await networks.EnsureDefaultAsync(region, tags, cancellationToken).ConfigureAwait(false)).VpcId
            : await networks.NetworkOfAsync(subnetId, region, cancellationToken).ConfigureAwait(false);
        var id = (await FindAsync(name, network, region, cancellationToken).ConfigureAwait(false))?.SecurityGroupId;
        if (id is null)
        {
            var call = RpcCall.Ecs("CreateSecurityGroup", region).WithRegion().With("SecurityGroupName", name).With("VpcId", network).With("Description", "Made by SkyCompat.").WithTags(tags);
            id = (await _tokens.UseAsync($"{network}/{name}", token => context.Rpc.SendAsync(call.With("ClientToken", token), ComputeJson.Default.EcsCreateSecurityGroupReply, cancellationToken))
                .ConfigureAwait(false)).SecurityGroupId;
        }

        await SetRulesAsync(id, inbound, region, cancellationToken).ConfigureAwait(false);
        return new FirewallGroup(id, name, inbound) { Region = region, Tags = tags };
    }

    public override async Task<DriverPage<FirewallGroup>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var call = RpcCall.Ecs("DescribeSecurityGroups", region).WithRegion().With("MaxResults", PageSize).With("NextToken", pageToken).WithTagKey(ComputeTags.Owner);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsSecurityGroupReply, cancellationToken).ConfigureAwait(false);
        var found = new List<FirewallGroup>();
        foreach (var group in reply.SecurityGroups?.SecurityGroup ?? [])
        {
            var rules = await ListRulesAsync(group.SecurityGroupId, region, cancellationToken).ConfigureAwait(false);
            found.Add(new FirewallGroup(group.SecurityGroupId, group.SecurityGroupName, [.. rules.Select(EcsPermissions.TryRead).OfType<FirewallRule>()]) { Region = region, Tags = EcsTags.Read(group.Tags) });
        }

        return new DriverPage<FirewallGroup>(found, string.IsNullOrEmpty(reply.NextToken) ? null : reply.NextToken);
    }

    public override async Task DeleteAsync(string name, string region, CancellationToken cancellationToken)
    {
        // Each network that instances of these rules are in has a group of that name.
        await DeleteAsync(await FindAllAsync(name, null, region, cancellationToken).ConfigureAwait(false), region, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the groups that this library made in a network.</summary>
    public async Task DeleteOfNetworkAsync(string network, string region, CancellationToken cancellationToken) =>
        await DeleteAsync(await FindAllAsync(null, network, region, cancellationToken).ConfigureAwait(false), region, cancellationToken).ConfigureAwait(false);

    private async Task DeleteAsync(IEnumerable<EcsSecurityGroup> groups, string region, CancellationToken cancellationToken)
    {
        foreach (var group in groups.Where(group => EcsTags.Read(group.Tags).ContainsKey(ComputeTags.Owner)))
        {
            try
            {
                await context.Rpc.SendAsync(RpcCall.Ecs("DeleteSecurityGroup", region).WithRegion().With("SecurityGroupId", group.SecurityGroupId), cancellationToken).ConfigureAwait(false);
            }
            catch (CloudException exception) when (exception.Code == CloudErrorCode.NotFound)
            {
                // It is gone already.
            }
        }
    }

    private async Task SetRulesAsync(string id, IReadOnlyList<FirewallRule> inbound, string region, CancellationToken cancellationToken)
    {
        var present = await ListRulesAsync(id, region, cancellationToken).ConfigureAwait(false);
        var wanted = inbound.Select(EcsPermissions.Normalize).ToHashSet();
        var kept = new HashSet<FirewallRule>();
        var extra = new List<string>();
        foreach (var permission in present)
        {
            if (EcsPermissions.TryRead(permission) is not { } rule || !wanted.Contains(rule) || !kept.Add(rule))
            {
                extra.Add(permission.SecurityGroupRuleId!);
            }
        }

        wanted.ExceptWith(kept);
        if (wanted.Count > 0)
        {
            var call = RpcCall.Ecs("AuthorizeSecurityGroup", region).WithRegion().With("SecurityGroupId", id);
            await context.Rpc.SendAsync(EcsPermissions.Write(call, wanted.OrderBy(rule => rule.ToString(), StringComparer.Ordinal)), cancellationToken).ConfigureAwait(false);
        }

        if (extra.Count > 0)
        {
            await context.Rpc.SendAsync(RpcCall.Ecs("RevokeSecurityGroup", region).WithRegion().With("SecurityGroupId", id).WithList("SecurityGroupRuleId", extra), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<EcsPermission>> ListRulesAsync(string id, string region, CancellationToken cancellationToken)
    {
        var all = new List<EcsPermission>();
        string? next = null;
        do
        {
            var call = RpcCall.Ecs("DescribeSecurityGroupAttribute", region).WithRegion().With("SecurityGroupId", id).With("Direction", "ingress").With("MaxResults", PageSize).With("NextToken", next);
            var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsSecurityGroupRulesReply, cancellationToken).ConfigureAwait(false);
            all.AddRange(reply.Permissions?.Permission ?? []);
            next = reply.NextToken;
        }
        while (!string.IsNullOrEmpty(next));
        return all;
    }

    private async Task<EcsSecurityGroup?> FindAsync(string name, string network, string region, CancellationToken cancellationToken) =>
        (await FindAllAsync(name, network, region, cancellationToken).ConfigureAwait(false))
            .OrderBy(group => group.CreationTime, StringComparer.Ordinal).ThenBy(group => group.SecurityGroupId, StringComparer.Ordinal).FirstOrDefault();

    private async Task<List<EcsSecurityGroup>> FindAllAsync(string? name, string? network, string region, CancellationToken cancellationToken)
    {
        var call = RpcCall.Ecs("DescribeSecurityGroups", region).WithRegion().With("SecurityGroupName", name).With("VpcId", network).With("MaxResults", PageSize);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsSecurityGroupReply, cancellationToken).ConfigureAwait(false);
        return (reply.SecurityGroups?.SecurityGroup ?? []).FindAll(group => name is null || group.SecurityGroupName == name);
    }
}
