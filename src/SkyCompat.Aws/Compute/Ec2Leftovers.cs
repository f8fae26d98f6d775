using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>What launches and networks can leave behind: network interfaces, spot requests that would launch again, gateways of no network.</summary>
internal sealed class Ec2Leftovers(Ec2Calls calls)
{
    private const string NetworkInterface = "network-interface";
    private const string SpotRequest = "spot-request";
    private const string Gateway = "internet-gateway";

    private readonly Ec2NetworkParts _parts = new(calls);

    public async Task<IReadOnlyList<OwnedResource>> ListAsync(string owner, string region, CancellationToken cancellationToken)
    {
        var owned = Ec2Tags.FilterTag(ComputeTags.Owner, owner);
        var found = new List<OwnedResource>();
        var interfaces = new DescribeNetworkInterfacesRequest { Filters = [owned, Ec2Tags.Filter("status", "available")] };
        var loose = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeNetworkInterfacesAsync(interfaces, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var item in loose.NetworkInterfaces ?? [])
        {
            found.Add(Of(NetworkInterface, item.NetworkInterfaceId, region, item.TagSet));
        }

        var requests = new DescribeSpotInstanceRequestsRequest { Filters = [owned, Ec2Tags.Filter("state", "open", "active", "disabled")] };
        var spot = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeSpotInstanceRequestsAsync(requests, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var item in spot.SpotInstanceRequests ?? [])
        {
            found.Add(Of(SpotRequest, item.SpotInstanceRequestId, region, item.Tags) with
            {
                InUse = !string.IsNullOrEmpty(item.InstanceId),
                CreatedAt = item.CreateTime is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null,
            });
        }

        foreach (var item in await _parts.ListGatewaysAsync(owned, region, cancellationToken).ConfigureAwait(false))
        {
            if (item.Attachments is null or [])
            {
                found.Add(Of(Gateway, item.InternetGatewayId, region, item.Tags));
            }
        }

        return found;
    }

    public Task DeleteAsync(OwnedResource resource, CancellationToken cancellationToken)
    {
        var (region, id) = calls.Parse(resource.Id);
        return resource.Kind switch
        {
            NetworkInterface => calls.TrySendAsync(
                region,
                Ec2Intent.Write,
                client => client.DeleteNetworkInterfaceAsync(new DeleteNetworkInterfaceRequest { NetworkInterfaceId = id }, cancellationToken),
                ["InvalidNetworkInterfaceID.NotFound"],
                cancellationToken),
            SpotRequest => calls.TrySendAsync(
                region,
                Ec2Intent.Write,
                client => client.CancelSpotInstanceRequestsAsync(new CancelSpotInstanceRequestsRequest([id]), cancellationToken),
                ["InvalidSpotInstanceRequestID.NotFound"],
                cancellationToken),
            Gateway => _parts.DeleteGatewayAsync(id, region, cancellationToken),
            _ => Task.CompletedTask,
        };
    }

    private OwnedResource Of(string kind, string id, string region, List<Tag>? tags) =>
        new(kind, calls.Format(region, id), new CloudLocation(region)) { IdempotencyKey = Ec2Tags.ToDictionary(tags).GetValueOrDefault(ComputeTags.Key) };
}
