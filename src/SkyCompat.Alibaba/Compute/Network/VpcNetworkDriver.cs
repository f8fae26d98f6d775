using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Networks are VPCs with a vSwitch in each zone. The way out is an instance's own public address.</summary>
internal sealed class VpcNetworkDriver(EcsContext context, VpcNetworks networks, EcsFirewalls firewalls) : NetworkDriver
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    public override async Task<MachineNetwork> EnsureAsync(string name, string addressRange, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var network = await networks.EnsureAsync(name, addressRange, region, tags, cancellationToken).ConfigureAwait(false);
        if (Ipv4Range.TryParse(network.CidrBlock) != Ipv4Range.TryParse(addressRange))
        {
            throw new CloudException(CloudErrorCode.AlreadyExists, $"Network '{name}' has the range {network.CidrBlock}: use it, or choose another name.") { Resource = name };
        }

        var zones = await context.Rpc.SendAsync(RpcCall.Vpc("DescribeZones", region).WithRegion(), ComputeJson.Default.VpcZoneReply, cancellationToken).ConfigureAwait(false);
        var subnets = await networks.ListSubnetsAsync(region, network.VpcId, cancellationToken).ConfigureAwait(false);
        CloudException? waits = null;
        foreach (var zone in (zones.Zones?.Zone ?? []).Select(zone => zone.ZoneId).Order(StringComparer.Ordinal))
        {
            try
            {
                await networks.EnsureSubnetAsync(network, subnets, region, zone, tags, cancellationToken).ConfigureAwait(false);
            }
            catch (CloudException exception) when (exception.IsTransient && exception.Code == CloudErrorCode.Conflict)
            {
                // The next zone's can be asked for meanwhile.
                waits = exception;
            }
        }

        return waits is null ? Read(network, subnets, region) : throw waits;
    }

    public override async Task<DriverPage<MachineNetwork>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var number = NumberedPage.Parse(pageToken);
        var call = RpcCall.Vpc("DescribeVpcs", region).WithRegion().With("PageNumber", number).With("PageSize", NumberedPage.Size).WithTagKey(ComputeTags.Owner);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.VpcNetworkReply, cancellationToken).ConfigureAwait(false);
        var found = new List<MachineNetwork>();
        foreach (var network in reply.Vpcs?.Vpc ?? [])
        {
            found.Add(Read(network, await networks.ListSubnetsAsync(region, network.VpcId, cancellationToken).ConfigureAwait(false), region));
        }

        return new DriverPage<MachineNetwork>(found, NumberedPage.Next(number, reply.TotalCount));
    }

    public override async Task DeleteAsync(string name, string region, CancellationToken cancellationToken)
    {
        if (await networks.TryFindAsync(name, region, cancellationToken).ConfigureAwait(false) is not { } network)
        {
            return;
        }

        // Asked first, so that a network in use does not lose the subnets that are empty.
        var users = await context.Rpc.SendAsync(
            RpcCall.Ecs("DescribeInstances", region).WithRegion().With("VpcId", network.VpcId).With("MaxResults", 10), ComputeJson.Default.EcsInstanceReply, cancellationToken).ConfigureAwait(false);
        if (users.Instances?.Instance is [var user, ..])
        {
            throw new CloudException(CloudErrorCode.Conflict, $"Instance '{user.InstanceId}' is in network '{name}': terminate it first.") { Resource = name };
        }

        await firewalls.DeleteOfNetworkAsync(network.VpcId, region, cancellationToken).ConfigureAwait(false);
        foreach (var subnet in await networks.ListSubnetsAsync(region, network.VpcId, cancellationToken).ConfigureAwait(false))
        {
            await TryDeleteAsync(RpcCall.Vpc("DeleteVSwitch", region).WithRegion().With("VSwitchId", subnet.VSwitchId), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await TryDeleteAsync(RpcCall.Vpc("DeleteVpc", region).WithRegion().With("VpcId", network.VpcId), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.ProviderCode == "DependencyViolation.VSwitch")
        {
            throw Transients.Of(exception, "The network's subnets are still being deleted.", Settling);
        }
    }

    private static MachineNetwork Read(VpcNetwork network, IEnumerable<VpcSwitch> subnets, string region) => new(network.VpcId, network.VpcName)
    {
        Region = region,
        AddressRange = network.CidrBlock,
        SubnetIds = subnets.GroupBy(subnet => subnet.ZoneId, StringComparer.Ordinal)
            .ToDictionary(zone => zone.Key, zone => zone.Select(subnet => subnet.VSwitchId).Order(StringComparer.Ordinal).First(), StringComparer.Ordinal),
        Tags = VpcTags.Read(network.Tags),
    };

    private async Task TryDeleteAsync(RpcCall call, CancellationToken cancellationToken)
    {
        try
        {
            await context.Rpc.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.NotFound)
        {
            // It is gone already.
        }
    }
}
