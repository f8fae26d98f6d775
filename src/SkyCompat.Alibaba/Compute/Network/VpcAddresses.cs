using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Reserved addresses are elastic IP addresses, billed by traffic.</summary>
internal sealed class VpcAddresses(EcsContext context) : AddressDriver
{
    /// <summary>In Mbit/s; traffic is billed, not bandwidth.</summary>
    private const string Bandwidth = "100";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    public override async Task<PublicAddress> ReserveAsync(string name, string region, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var call = RpcCall.Vpc("AllocateEipAddress", region).WithRegion()
            .With("Name", name).With("Bandwidth", Bandwidth).With("InternetChargeType", "PayByTraffic").WithTags(tags).With("ClientToken", clientToken);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.VpcAllocateEipReply, cancellationToken).ConfigureAwait(false);
        return new PublicAddress(context.Format(region, reply.AllocationId), reply.EipAddress, new CloudLocation(region)) { Name = name, Tags = tags };
    }

    public override async Task<PublicAddress?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        var eip = context.Parse(id);
        return await TryFindAsync(eip, cancellationToken).ConfigureAwait(false) is { } found ? Read(found, eip.Region) : null;
    }

    public override async Task<DriverPage<PublicAddress>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var number = NumberedPage.Parse(pageToken);
        var call = RpcCall.Vpc("DescribeEipAddresses", region).WithRegion().With("PageNumber", number).With("PageSize", NumberedPage.Size).WithTagKey(ComputeTags.Owner);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.VpcEipReply, cancellationToken).ConfigureAwait(false);
        return new DriverPage<PublicAddress>([.. (reply.EipAddresses?.EipAddress ?? []).Select(address => Read(address, region))], NumberedPage.Next(number, reply.TotalCount));
    }

    public override async Task AttachAsync(string id, string instanceId, CancellationToken cancellationToken)
    {
        var eip = context.Parse(id);
        var call = RpcCall.Vpc("AssociateEipAddress", eip.Region).WithRegion().With("AllocationId", eip.Id).With("InstanceId", context.Parse(instanceId).Id).With("InstanceType", "EcsInstance");
        await SendUnlessAsync(call, eip, found => found.InstanceId == context.Parse(instanceId).Id, cancellationToken).ConfigureAwait(false);
    }

    public override async Task DetachAsync(string id, string instanceId, CancellationToken cancellationToken)
    {
        var eip = context.Parse(id);
        var call = RpcCall.Vpc("UnassociateEipAddress", eip.Region).WithRegion().With("AllocationId", eip.Id).With("InstanceId", context.Parse(instanceId).Id).With("InstanceType", "EcsInstance");
        await SendUnlessAsync(call, eip, found => string.IsNullOrEmpty(found.InstanceId), cancellationToken).ConfigureAwait(false);
    }

    public override async Task ReleaseAsync(string id, CancellationToken cancellationToken)
    {
        var eip = context.Parse(id);
        try
        {
            await context.Rpc.SendAsync(RpcCall.Vpc("ReleaseEipAddress", eip.Region).WithRegion().With("AllocationId", eip.Id), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.NotFound)
        {
            // It is given back already.
        }
        catch (CloudException exception) when (exception.ProviderCode == "IncorrectEipStatus")
        {
            if (await TryFindAsync(eip, cancellationToken).ConfigureAwait(false) is { Status: "Associating" or "Unassociating" })
            {
                throw Transients.Of(exception, "The address is being led elsewhere.", Settling);
            }

            throw;
        }
    }

    /// <summary>Sends a call that the address's state may forbid because an earlier one did it.</summary>
    private async Task SendUnlessAsync(RpcCall call, EcsId eip, Func<VpcEip, bool> isDone, CancellationToken cancellationToken)
    {
        try
        {
            await context.Rpc.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.ProviderCode == "IncorrectEipStatus")
        {
            if (await TryFindAsync(eip, cancellationToken).ConfigureAwait(false) is not { } found || !isDone(found))
            {
                throw;
            }
        }
    }

    private async Task<VpcEip?> TryFindAsync(EcsId eip, CancellationToken cancellationToken)
    {
        var call = RpcCall.Vpc("DescribeEipAddresses", eip.Region).WithRegion().With("AllocationId", eip.Id);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.VpcEipReply, cancellationToken).ConfigureAwait(false);
        return reply.EipAddresses?.EipAddress?.Find(address => address.AllocationId == eip.Id);
    }

    private PublicAddress Read(VpcEip address, string region) => new(context.Format(region, address.AllocationId), address.IpAddress, new CloudLocation(region))
    {
        Name = address.Name,
        AttachedTo = address.Status is "InUse" or "Unassociating" && address.InstanceId is { Length: > 0 } instance ? context.Format(region, instance) : null,
        Tags = VpcTags.Read(address.Tags),
    };
}
