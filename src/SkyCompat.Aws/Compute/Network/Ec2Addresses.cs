using Amazon.EC2;
using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>Reserved addresses, which EC2 calls elastic. Asking for one has no client token, so one of the name is looked for first.</summary>
internal sealed class Ec2Addresses(Ec2Calls calls) : AddressDriver
{
    private static readonly string[] NoAddress = ["InvalidAllocationID.*", "InvalidAddressID.*"];

    public override async Task<PublicAddress> ReserveAsync(string name, string region, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var known = new DescribeAddressesRequest { Filters = [.. Own(tags).Select(tag => Ec2Tags.FilterTag(tag.Key, tag.Value))] };
        var found = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeAddressesAsync(known, cancellationToken), cancellationToken).ConfigureAwait(false);
        if ((found.Addresses ?? []).MinBy(address => address.AllocationId, StringComparer.Ordinal) is { } first)
        {
            return Map(first, region);
        }

        var request = new AllocateAddressRequest { Domain = DomainType.Vpc, TagSpecifications = [Ec2Tags.Of(ResourceType.ElasticIp, tags, name)] };
        var reply = await calls.SendAsync(region, Ec2Intent.Write, client => client.AllocateAddressAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new PublicAddress(calls.Format(region, reply.AllocationId), reply.PublicIp, new CloudLocation(region)) { Name = name, Tags = tags };
    }

    public override async Task<PublicAddress?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);
        return await TryDescribeAsync(region, value, cancellationToken).ConfigureAwait(false) is { } address ? Map(address, region) : null;
    }

    public override async Task<DriverPage<PublicAddress>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var request = new DescribeAddressesRequest { Filters = [Ec2Tags.FilterOwned()] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeAddressesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new DriverPage<PublicAddress>([.. (reply.Addresses ?? []).Select(address => Map(address, region))]);
    }

    public override async Task AttachAsync(string id, string instanceId, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);
        var instance = calls.Parse(instanceId).Value;
        var request = new AssociateAddressRequest { AllocationId = value, InstanceId = instance, AllowReassociation = false };
        try
        {
            await calls.SendAsync(region, Ec2Intent.Write, client => client.AssociateAddressAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.ProviderCode == "Resource.AlreadyAssociated")
        {
            if ((await TryDescribeAsync(region, value, cancellationToken).ConfigureAwait(false))?.InstanceId != instance)
            {
                throw;
            }
        }
    }

    public override async Task DetachAsync(string id, string instanceId, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);
        if (await TryDescribeAsync(region, value, cancellationToken).ConfigureAwait(false) is { AssociationId: { Length: > 0 } association } address && address.InstanceId == calls.Parse(instanceId).Value)
        {
            var request = new DisassociateAddressRequest { AssociationId = association };
            await calls.TrySendAsync(
                region, Ec2Intent.Write, client => client.DisassociateAddressAsync(request, cancellationToken), ["InvalidAssociationID.NotFound"], cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task ReleaseAsync(string id, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);
        return calls.TrySendAsync(
            region, Ec2Intent.Write, client => client.ReleaseAddressAsync(new ReleaseAddressRequest { AllocationId = value }, cancellationToken), NoAddress, cancellationToken);
    }

    /// <summary>The tags that name the intent.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Own(IReadOnlyDictionary<string, string> tags) => tags.Where(tag => tag.Key is ComputeTags.Owner or ComputeTags.Key);

    private async Task<Address?> TryDescribeAsync(string region, string value, CancellationToken cancellationToken)
    {
        var request = new DescribeAddressesRequest { AllocationIds = [value] };
        var reply = await calls.TrySendAsync(region, Ec2Intent.Read, client => client.DescribeAddressesAsync(request, cancellationToken), NoAddress, cancellationToken).ConfigureAwait(false);
        return reply?.Addresses is [var address, ..] ? address : null;
    }

    private PublicAddress Map(Address address, string region) => new(calls.Format(region, address.AllocationId), address.PublicIp, new CloudLocation(region))
    {
        Name = Ec2Tags.NameOf(address.Tags),
        AttachedTo = string.IsNullOrEmpty(address.InstanceId) ? null : calls.Format(region, address.InstanceId),
        Tags = Ec2Tags.ToDictionary(address.Tags),
    };
}
