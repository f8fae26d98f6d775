using Amazon.EC2;
using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>Firewall groups as security groups, which belong to a network: of one name there is one in each network that launches used.</summary>
internal sealed class Ec2SecurityGroups(Ec2Calls calls, Ec2Subnets subnets) : FirewallDriver
{
    private const string Description = "Made by SkyCompat";
    private const int PageSize = 1000;

    public override async Task<FirewallGroup> EnsureAsync(
        string name, IReadOnlyList<FirewallRule> inbound, string region, string? subnetId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var network = await subnets.FindNetworkAsync(subnetId, region, cancellationToken).ConfigureAwait(false);
        var group = await TryFindAsync(name, region, network, cancellationToken).ConfigureAwait(false);
        if (group is null)
        {
            group = await CreateAsync(name, region, network, tags, cancellationToken).ConfigureAwait(false);
        }
        else if (!group.Tags?.Exists(tag => tag.Key == ComputeTags.Owner) ?? true)
        {
            // Its rules may guard what others run.
            throw new CloudException(CloudErrorCode.AlreadyExists, $"The security group '{name}' in {network} was not made by this library: choose another name.");
        }

        await ConvergeAsync(group, [.. inbound.Select(Ec2Rules.Normalize)], region, cancellationToken).ConfigureAwait(false);
        return new FirewallGroup(calls.Format(region, group.GroupId), name, [.. inbound]) { Region = region, Tags = Ec2Tags.ToDictionary(group.Tags) };
    }

    public override async Task<DriverPage<FirewallGroup>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var request = new DescribeSecurityGroupsRequest { Filters = [Ec2Tags.FilterOwned()], MaxResults = PageSize, NextToken = pageToken };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeSecurityGroupsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new DriverPage<FirewallGroup>([.. (reply.SecurityGroups ?? []).Select(group => Map(group, region))], string.IsNullOrEmpty(reply.NextToken) ? null : reply.NextToken);
    }

    public override async Task DeleteAsync(string name, string region, CancellationToken cancellationToken)
    {
        var request = new DescribeSecurityGroupsRequest { Filters = [Ec2Tags.Filter("group-name", name), Ec2Tags.FilterOwned()] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeSecurityGroupsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var group in reply.SecurityGroups ?? [])
        {
            await DeleteByIdAsync(group.GroupId, region, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes what this library made within a network.</summary>
    public async Task DeleteOfNetworkAsync(string network, string region, CancellationToken cancellationToken)
    {
        var request = new DescribeSecurityGroupsRequest { Filters = [Ec2Tags.Filter("vpc-id", network), Ec2Tags.FilterOwned()] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeSecurityGroupsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var group in reply.SecurityGroups ?? [])
        {
            await DeleteByIdAsync(group.GroupId, region, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DeleteByIdAsync(string id, string region, CancellationToken cancellationToken) => await calls.TrySendAsync(
        region, Ec2Intent.Write, client => client.DeleteSecurityGroupAsync(new DeleteSecurityGroupRequest { GroupId = id }, cancellationToken), ["InvalidGroup.NotFound"], cancellationToken).ConfigureAwait(false);

    private FirewallGroup Map(SecurityGroup group, string region)
    {
        var rules = (group.IpPermissions ?? []).SelectMany(Ec2Rules.Split).Select(part => part.Rule).OfType<FirewallRule>();
        return new FirewallGroup(calls.Format(region, group.GroupId), group.GroupName, [.. rules]) { Region = region, Tags = Ec2Tags.ToDictionary(group.Tags) };
    }

    private async Task<SecurityGroup?> TryFindAsync(string name, string region, string network, CancellationToken cancellationToken)
    {
        var request = new DescribeSecurityGroupsRequest { Filters = [Ec2Tags.Filter("group-name", name), Ec2Tags.Filter("vpc-id", network)] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeSecurityGroupsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return reply.SecurityGroups is [var group, ..] ? group : null;
    }

    private async Task<SecurityGroup> CreateAsync(string name, string region, string network, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var request = new CreateSecurityGroupRequest { GroupName = name, Description = Description, VpcId = network, TagSpecifications = [Ec2Tags.Of(ResourceType.SecurityGroup, tags, name)] };
        var reply = await calls.TrySendAsync(
            region, Ec2Intent.Settle, client => client.CreateSecurityGroupAsync(request, cancellationToken), ["InvalidGroup.Duplicate"], cancellationToken).ConfigureAwait(false);
        if (reply is not null)
        {
            return new SecurityGroup { GroupId = reply.GroupId, GroupName = name, Tags = request.TagSpecifications[0].Tags };
        }

        return await TryFindAsync(name, region, network, cancellationToken).ConfigureAwait(false)
            ?? throw new CloudException(CloudErrorCode.Conflict, $"The security group '{name}' is being made or deleted by somebody else.") { IsTransient = true };
    }

    private async Task ConvergeAsync(SecurityGroup group, IReadOnlyList<FirewallRule> inbound, string region, CancellationToken cancellationToken)
    {
        var present = (group.IpPermissions ?? []).SelectMany(Ec2Rules.Split).ToList();
        var known = present.Select(part => part.Rule).OfType<FirewallRule>().ToHashSet();
        var missing = inbound.Where(rule => !known.Contains(rule)).Select(Ec2Rules.ToPermission).ToList();
        var surplus = present.Where(part => part.Rule is null || !inbound.Contains(part.Rule)).Select(part => part.Permission).ToList();
        if (missing.Count > 0 && !await TryAuthorizeAsync(group.GroupId, missing, region, cancellationToken).ConfigureAwait(false))
        {
            // One that is there refuses them all, so each is sent alone.
            foreach (var permission in missing)
            {
                await TryAuthorizeAsync(group.GroupId, [permission], region, cancellationToken).ConfigureAwait(false);
            }
        }

        if (surplus.Count > 0)
        {
            var revoke = new RevokeSecurityGroupIngressRequest { GroupId = group.GroupId, IpPermissions = surplus };
            await calls.TrySendAsync(
                region, Ec2Intent.Write, client => client.RevokeSecurityGroupIngressAsync(revoke, cancellationToken), ["InvalidPermission.NotFound"], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryAuthorizeAsync(string group, List<IpPermission> permissions, string region, CancellationToken cancellationToken)
    {
        var request = new AuthorizeSecurityGroupIngressRequest { GroupId = group, IpPermissions = permissions };
        return await calls.TrySendAsync(
            region, Ec2Intent.Settle, client => client.AuthorizeSecurityGroupIngressAsync(request, cancellationToken), ["InvalidPermission.Duplicate"], cancellationToken).ConfigureAwait(false) is not null;
    }
}
