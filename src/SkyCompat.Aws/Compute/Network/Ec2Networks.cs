using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>Networks: a VPC with a subnet in each zone, an internet gateway and the way to it. Found by name and owner, as EC2 makes a second one of the same name without asking.</summary>
internal sealed class Ec2Networks(Ec2Calls calls, Ec2SecurityGroups groups) : NetworkDriver
{
    private const int PageSize = 100;

    private readonly Ec2NetworkParts _parts = new(calls);

    public override async Task<MachineNetwork> EnsureAsync(string name, string addressRange, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var network = await TryFindAsync(name, region, cancellationToken).ConfigureAwait(false);
        if (network is not null && network.CidrBlock != addressRange)
        {
            throw new CloudException(CloudErrorCode.AlreadyExists, $"The network '{name}' has the range {network.CidrBlock}: choose another name, or delete it first.");
        }

        if (network is null)
        {
            var request = new CreateVpcRequest { CidrBlock = addressRange, TagSpecifications = [Ec2Tags.Of(ResourceType.Vpc, tags, name)] };
            network = (await calls.SendAsync(region, Ec2Intent.Write, client => client.CreateVpcAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false)).Vpc;
        }

        var subnets = await _parts.EnsureSubnetsAsync(network.VpcId, IPNetwork.Parse(addressRange), name, region, tags, cancellationToken).ConfigureAwait(false);
        await _parts.EnsureWayOutAsync(network.VpcId, name, region, tags, cancellationToken).ConfigureAwait(false);
        return Map(network, region, subnets) with { Name = name };
    }

    public override async Task<DriverPage<MachineNetwork>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var request = new DescribeVpcsRequest { Filters = [Ec2Tags.FilterOwned()], MaxResults = PageSize, NextToken = pageToken };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeVpcsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        var found = reply.Vpcs ?? [];
        var subnets = found.Count == 0 ? [] : await _parts.ListSubnetsAsync([.. found.Select(network => network.VpcId)], region, cancellationToken).ConfigureAwait(false);
        return new DriverPage<MachineNetwork>(
            [.. found.Select(network => Map(network, region, subnets.Where(subnet => subnet.VpcId == network.VpcId)))], string.IsNullOrEmpty(reply.NextToken) ? null : reply.NextToken);
    }

    public override async Task DeleteAsync(string name, string region, CancellationToken cancellationToken)
    {
        if (await TryFindAsync(name, region, cancellationToken).ConfigureAwait(false) is not { } network)
        {
            return;
        }

        // Subnets first: a network that is in use refuses there, and nothing is lost.
        await _parts.DeleteSubnetsAsync(network.VpcId, region, cancellationToken).ConfigureAwait(false);
        await _parts.DeleteWayOutAsync(network.VpcId, region, cancellationToken).ConfigureAwait(false);
        await groups.DeleteOfNetworkAsync(network.VpcId, region, cancellationToken).ConfigureAwait(false);
        await calls.TrySendAsync(
            region, Ec2Intent.Write, client => client.DeleteVpcAsync(new DeleteVpcRequest(network.VpcId), cancellationToken), ["InvalidVpcID.NotFound"], cancellationToken).ConfigureAwait(false);
    }

    private MachineNetwork Map(Vpc network, string region, IEnumerable<Subnet> subnets) => new(calls.Format(region, network.VpcId), Ec2Tags.NameOf(network.Tags) ?? network.VpcId)
    {
        Region = region,
        AddressRange = network.CidrBlock,
        SubnetIds = subnets.GroupBy(subnet => subnet.AvailabilityZone, StringComparer.Ordinal)
            .ToDictionary(zone => zone.Key, zone => zone.Select(subnet => subnet.SubnetId).Order(StringComparer.Ordinal).First(), StringComparer.Ordinal),
        Tags = Ec2Tags.ToDictionary(network.Tags),
    };

    private async Task<Vpc?> TryFindAsync(string name, string region, CancellationToken cancellationToken)
    {
        var request = new DescribeVpcsRequest { Filters = [Ec2Tags.FilterTag(Ec2Tags.Name, name), Ec2Tags.FilterOwned()] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeVpcsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return (reply.Vpcs ?? []).MinBy(network => network.VpcId, StringComparer.Ordinal);
    }
}
