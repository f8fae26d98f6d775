using System.Globalization;
using System.Text;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Launches instances.</summary>
internal sealed class EcsLauncher(EcsContext context, VpcNetworks networks, EcsFirewalls firewalls)
{
    private const string Subnet = "subnet";
    private const string Group = "group";

    /// <summary>The bandwidth out, in Mbit/s: the most that is sold everywhere. Traffic is billed, not bandwidth.</summary>
    private const int PublicBandwidth = 100;

    /// <summary>Finds the subnet and the group, which every instance has to be in.</summary>
    public async Task<IReadOnlyDictionary<string, string>> PrepareAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        var region = request.Offer.Location.Region!;
        var subnet = request.Spec.SubnetId
            ?? await networks.EnsureDefaultSubnetAsync(region, ZoneOf(request.Offer), request.SharedTags, cancellationToken).ConfigureAwait(false);
        var group = request.FirewallGroupId
            ?? (await firewalls.EnsureAsync(VpcNetworks.DefaultName, [], region, request.Spec.SubnetId, request.SharedTags, cancellationToken).ConfigureAwait(false)).Id;
        return new Dictionary<string, string>(StringComparer.Ordinal) { [Subnet] = subnet, [Group] = group };
    }

    public async Task<LaunchReceipt> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        var region = request.Offer.Location.Region!;
        var call = Describe(request, context.DiskCategory).With("ClientToken", request.ClientToken);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsRunReply, cancellationToken).ConfigureAwait(false);
        return new LaunchReceipt([.. (reply.InstanceIdSets?.InstanceIdSet ?? []).Select(id => context.Format(region, id))]);
    }

    private static RpcCall Describe(LaunchRequest request, string diskCategory)
    {
        var offer = request.Offer;
        var region = offer.Location.Region!;
        var call = RpcCall.Ecs("RunInstances", region).WithRegion()
            .With("ZoneId", offer.Location.Zone)
            .With("ImageId", request.Image.Id)
            .With("InstanceType", offer.InstanceType)
            .With("InstanceChargeType", "PostPaid")
            .With("VSwitchId", request.Prepared[Subnet])
            .With("SecurityGroupId", request.Prepared[Group])
            .With("Amount", request.Names.Count)
            .With("SystemDisk.Category", diskCategory)
            .With("SystemDisk.Size", request.Spec.BootDiskGiB)
            .With("KeyPairName", request.KeyPairName)
            .With("UserData", request.Spec.UserData is { } text ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : null)
            .WithTags(request.Tags);
        if (request.Names.Count > 1)
        {
            call.With("MinAmount", request.MinCount);
        }

        Name(call, request.Names);
        if (request.Spec.PublicAddress)
        {
            call.With("InternetChargeType", "PayByTraffic").With("InternetMaxBandwidthOut", PublicBandwidth);
        }

        if (offer.Market == Market.Spot)
        {
            call.With("SpotStrategy", "SpotAsPriceGo").With("SpotInterruptionBehavior", request.Spec.SpotInterruption == SpotInterruption.Stop ? "Stop" : "Terminate");
        }

        return call;
    }

    private static void Name(RpcCall call, IReadOnlyList<string> names)
    {
        var name = EcsNames.Of(names);
        call.With("InstanceName", name);
        if (names.Count == 1)
        {
            call.With("HostName", name);
        }
        else
        {
            call.WithList("HostNames", names);
        }
    }

    private static string ZoneOf(Offer offer) => offer.Location.Zone
        ?? throw new CloudException(CloudErrorCode.InvalidArgument, string.Create(CultureInfo.InvariantCulture, $"The offer of {offer.InstanceType} names no zone, and a subnet is in one: take the offer from FindOffersAsync."));
}
