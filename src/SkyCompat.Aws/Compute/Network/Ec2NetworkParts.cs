using System.Buffers.Binary;
using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>The parts of a network, each made only where it is missing, so that a broken attempt is taken up again.</summary>
internal sealed class Ec2NetworkParts(Ec2Calls calls)
{
    // Eight subnets of an eighth each: no region has more zones, and the smallest range still gives subnets that EC2 takes.
    private const int SubnetBits = 3;
    private const string Everywhere = "0.0.0.0/0";

    public async Task<List<Subnet>> ListSubnetsAsync(List<string> networks, string region, CancellationToken cancellationToken)
    {
        var request = new DescribeSubnetsRequest { Filters = [Ec2Tags.Filter("vpc-id", networks)] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeSubnetsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return reply.Subnets ?? [];
    }

    public async Task<List<Subnet>> EnsureSubnetsAsync(string network, IPNetwork range, string name, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var subnets = await ListSubnetsAsync([network], region, cancellationToken).ConfigureAwait(false);
        var zones = new DescribeAvailabilityZonesRequest { Filters = [Ec2Tags.Filter("zone-type", "availability-zone"), Ec2Tags.Filter("state", "available")] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeAvailabilityZonesAsync(zones, cancellationToken), cancellationToken).ConfigureAwait(false);
        var free = Enumerable.Range(0, 1 << SubnetBits).Select(index => Slice(range, index)).Where(slice => !subnets.Exists(subnet => subnet.CidrBlock == slice)).ToList();
        foreach (var zone in (reply.AvailabilityZones ?? []).Select(zone => zone.ZoneName).Order(StringComparer.Ordinal))
        {
            if (free.Count == 0 || subnets.Exists(subnet => subnet.AvailabilityZone == zone))
            {
                continue;
            }

            var request = new CreateSubnetRequest { VpcId = network, AvailabilityZone = zone, CidrBlock = free[0], TagSpecifications = [Ec2Tags.Of(ResourceType.Subnet, tags, name)] };
            free.RemoveAt(0);
            subnets.Add((await calls.SendAsync(region, Ec2Intent.Settle, client => client.CreateSubnetAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false)).Subnet);
        }

        return subnets;
    }

    public async Task EnsureWayOutAsync(string network, string name, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var gateway = (await ListGatewaysAsync(Ec2Tags.Filter("attachment.vpc-id", network), region, cancellationToken).ConfigureAwait(false)).FirstOrDefault()?.InternetGatewayId;
        if (gateway is null)
        {
            // One that an earlier attempt made and did not attach.
            var loose = await ListGatewaysAsync(Ec2Tags.FilterTag(Ec2Tags.Name, name), region, cancellationToken).ConfigureAwait(false);
            gateway = loose.Find(found => found.Attachments is null or [] && Ec2Tags.ToDictionary(found.Tags).ContainsKey(ComputeTags.Owner))?.InternetGatewayId;
            if (gateway is null)
            {
                var request = new CreateInternetGatewayRequest { TagSpecifications = [Ec2Tags.Of(ResourceType.InternetGateway, tags, name)] };
                gateway = (await calls.SendAsync(region, Ec2Intent.Write, client => client.CreateInternetGatewayAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false))
                    .InternetGateway.InternetGatewayId;
            }

            var attach = new AttachInternetGatewayRequest { InternetGatewayId = gateway, VpcId = network };
            await calls.TrySendAsync(region, Ec2Intent.Settle, client => client.AttachInternetGatewayAsync(attach, cancellationToken), ["Resource.AlreadyAssociated"], cancellationToken).ConfigureAwait(false);
        }

        var tables = new DescribeRouteTablesRequest { Filters = [Ec2Tags.Filter("vpc-id", network), Ec2Tags.Filter("association.main", "true")] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeRouteTablesAsync(tables, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (reply.RouteTables is [var table, ..] && table.Routes?.Exists(route => route.DestinationCidrBlock == Everywhere) != true)
        {
            var route = new CreateRouteRequest { RouteTableId = table.RouteTableId, DestinationCidrBlock = Everywhere, GatewayId = gateway };
            await calls.TrySendAsync(region, Ec2Intent.Settle, client => client.CreateRouteAsync(route, cancellationToken), ["RouteAlreadyExists"], cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task DeleteSubnetsAsync(string network, string region, CancellationToken cancellationToken)
    {
        foreach (var subnet in await ListSubnetsAsync([network], region, cancellationToken).ConfigureAwait(false))
        {
            var request = new DeleteSubnetRequest(subnet.SubnetId);
            await calls.TrySendAsync(region, Ec2Intent.Write, client => client.DeleteSubnetAsync(request, cancellationToken), ["InvalidSubnetID.NotFound"], cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task DeleteWayOutAsync(string network, string region, CancellationToken cancellationToken)
    {
        foreach (var gateway in await ListGatewaysAsync(Ec2Tags.Filter("attachment.vpc-id", network), region, cancellationToken).ConfigureAwait(false))
        {
            var detach = new DetachInternetGatewayRequest { InternetGatewayId = gateway.InternetGatewayId, VpcId = network };
            await calls.TrySendAsync(region, Ec2Intent.Write, client => client.DetachInternetGatewayAsync(detach, cancellationToken), ["Gateway.NotAttached"], cancellationToken).ConfigureAwait(false);
            if (Ec2Tags.ToDictionary(gateway.Tags).ContainsKey(ComputeTags.Owner))
            {
                await DeleteGatewayAsync(gateway.InternetGatewayId, region, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public Task DeleteGatewayAsync(string gateway, string region, CancellationToken cancellationToken) => calls.TrySendAsync(
        region,
        Ec2Intent.Write,
        client => client.DeleteInternetGatewayAsync(new DeleteInternetGatewayRequest { InternetGatewayId = gateway }, cancellationToken),
        ["InvalidInternetGatewayID.NotFound"],
        cancellationToken);

    public async Task<List<InternetGateway>> ListGatewaysAsync(Filter filter, string region, CancellationToken cancellationToken)
    {
        var request = new DescribeInternetGatewaysRequest { Filters = [filter] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeInternetGatewaysAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return reply.InternetGateways ?? [];
    }

    private static string Slice(IPNetwork range, int index)
    {
        Span<byte> bytes = stackalloc byte[4];
        range.BaseAddress.TryWriteBytes(bytes, out _);
        var prefix = range.PrefixLength + SubnetBits;
        BinaryPrimitives.WriteUInt32BigEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes) + ((uint)index << (32 - prefix)));
        return new IPNetwork(new IPAddress(bytes), prefix).ToString();
    }
}
