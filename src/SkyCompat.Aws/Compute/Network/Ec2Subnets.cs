using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>Finds the subnets of launches.</summary>
internal sealed class Ec2Subnets(Ec2Calls calls)
{
    /// <summary>The subnet of a launch: the one that is asked for, or the default one of the zone.</summary>
    public async Task<string> FindAsync(string? subnetId, string region, string? zone, CancellationToken cancellationToken)
    {
        if (subnetId is not null)
        {
            var asked = await GetAsync(subnetId, region, cancellationToken).ConfigureAwait(false);
            return zone is null || asked.AvailabilityZone == zone
                ? asked.SubnetId
                : throw new CloudException(CloudErrorCode.Unsupported, $"The subnet '{subnetId}' is in zone {asked.AvailabilityZone}, the offer in {zone}: take an offer of that zone.") { Scope = ErrorScope.Zone };
        }

        var request = new DescribeSubnetsRequest { Filters = [Ec2Tags.Filter("default-for-az", "true"), Ec2Tags.Filter("state", "available")] };
        if (zone is not null)
        {
            request.Filters.Add(Ec2Tags.Filter("availability-zone", zone));
        }

        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeSubnetsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);

        // The same each time, as a repeated launch must be equal to the first.
        return (reply.Subnets ?? []).MinBy(subnet => subnet.AvailabilityZone, StringComparer.Ordinal)?.SubnetId
            ?? throw new CloudException(
                CloudErrorCode.NotFound,
                $"There is no default subnet in {zone ?? region}: make one with 'aws ec2 create-default-vpc' or 'create-default-subnet', or set SubnetId of the launch.")
            {
                Scope = zone is null ? ErrorScope.Region : ErrorScope.Zone,
            };
    }

    /// <summary>The network of a subnet, or the default network of the region.</summary>
    public async Task<string> FindNetworkAsync(string? subnetId, string region, CancellationToken cancellationToken)
    {
        if (subnetId is not null)
        {
            return (await GetAsync(subnetId, region, cancellationToken).ConfigureAwait(false)).VpcId;
        }

        var request = new DescribeVpcsRequest { Filters = [Ec2Tags.Filter("is-default", "true")] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeVpcsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return reply.Vpcs is [var network, ..]
            ? network.VpcId
            : throw new CloudException(
                CloudErrorCode.NotFound, $"There is no default network in {region}: make one with 'aws ec2 create-default-vpc', or set SubnetId of the launch.") { Scope = ErrorScope.Region };
    }

    /// <summary>The default subnets of a region, ordered by zone, for what wants several zones.</summary>
    public async Task<IReadOnlyList<string>> ListDefaultAsync(string region, CancellationToken cancellationToken)
    {
        var request = new DescribeSubnetsRequest { Filters = [Ec2Tags.Filter("default-for-az", "true"), Ec2Tags.Filter("state", "available")] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeSubnetsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return reply.Subnets is { Count: > 1 } subnets
            ? [.. subnets.OrderBy(subnet => subnet.AvailabilityZone, StringComparer.Ordinal).Select(subnet => subnet.SubnetId)]
            : throw new CloudException(
                CloudErrorCode.NotFound, $"There are no default subnets in two zones of {region}: make them with 'aws ec2 create-default-vpc', or set SubnetIds of the cluster.") { Scope = ErrorScope.Region };
    }

    private async Task<Subnet> GetAsync(string subnetId, string region, CancellationToken cancellationToken)
    {
        var request = new DescribeSubnetsRequest { SubnetIds = [calls.Parse(subnetId).Value] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeSubnetsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return reply.Subnets is [var subnet, ..] ? subnet : throw new CloudException(CloudErrorCode.NotFound, $"There is no subnet '{subnetId}' in {region}.");
    }
}
