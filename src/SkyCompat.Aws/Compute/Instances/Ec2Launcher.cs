using System.Text;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>Launches instances with one request: all of them, or at least the minimum.</summary>
internal sealed class Ec2Launcher(Ec2Calls calls, Ec2Subnets subnets, Ec2Images images, bool hibernation)
{
    private const string Subnet = "subnet";
    private const string RootDevice = "root-device";

    public async Task<IReadOnlyDictionary<string, string>> PrepareAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        var region = RegionOf(request);
        var prepared = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Subnet] = await subnets.FindAsync(request.Spec.SubnetId, region, request.Offer.Location.Zone, cancellationToken).ConfigureAwait(false),
        };
        if (ShapesBootDisk(request))
        {
            prepared[RootDevice] = await images.FindRootDeviceAsync(request.Image.Id, region, cancellationToken).ConfigureAwait(false);
        }

        return prepared;
    }

    public async Task<LaunchReceipt> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        var region = RegionOf(request);
        var run = ToRequest(request);

        // What the launch refers to may have been made a moment before.
        var reply = await calls.SendAsync(region, Ec2Intent.Settle, client => client.RunInstancesAsync(run, cancellationToken), cancellationToken).ConfigureAwait(false);
        var ids = (reply.Reservation.Instances ?? []).OrderBy(instance => instance.AmiLaunchIndex ?? 0).Select(instance => instance.InstanceId).ToList();
        return new LaunchReceipt([.. ids.Select(id => calls.Format(region, id))], calls.Format(region, string.Join(',', ids)));
    }

    private string RegionOf(LaunchRequest request) => request.Offer.Location.Region ?? calls.HomeRegion;

    private bool ShapesBootDisk(LaunchRequest request) => request.Spec.BootDiskGiB is not null || hibernation;

    private RunInstancesRequest ToRequest(LaunchRequest request)
    {
        var spec = request.Spec;
        var name = Ec2InstanceMapper.TagOf(request.Names);
        var network = new InstanceNetworkInterfaceSpecification
        {
            DeviceIndex = 0,
            SubnetId = request.Prepared.GetValueOrDefault(Subnet) ?? spec.SubnetId,
            AssociatePublicIpAddress = spec.PublicAddress,
            DeleteOnTermination = true,
        };
        if (request.FirewallGroupId is { } group)
        {
            network.Groups = [calls.Parse(group).Value];
        }

        var run = new RunInstancesRequest
        {
            ImageId = request.Image.Id,
            InstanceType = new InstanceType(request.Offer.InstanceType),
            MinCount = request.MinCount,
            MaxCount = request.Names.Count,
            ClientToken = request.ClientToken,
            KeyName = request.KeyPairName,
            NetworkInterfaces = [network],
            UserData = spec.UserData is { } data ? Convert.ToBase64String(Encoding.UTF8.GetBytes(data)) : null,
            TagSpecifications =
            [
                Ec2Tags.Of(ResourceType.Instance, request.Tags, name),
                Ec2Tags.Of(ResourceType.Volume, request.Tags, name),
                Ec2Tags.Of(ResourceType.NetworkInterface, request.Tags, name),
            ],
        };
        if (request.Offer.Location.Zone is { } zone)
        {
            run.Placement = new Placement { AvailabilityZone = zone };
        }

        if (request.Offer.Market == Market.Spot)
        {
            run.InstanceMarketOptions = SpotOptionsOf(spec.SpotInterruption);
            run.TagSpecifications.Add(Ec2Tags.Of(ResourceType.SpotInstancesRequest, request.Tags, name));
        }

        if (ShapesBootDisk(request))
        {
            run.BlockDeviceMappings = [BootDisk(request)];
        }

        if (hibernation)
        {
            run.HibernationOptions = new HibernationOptionsRequest { Configured = true };
        }

        return run;
    }

    private static InstanceMarketOptionsRequest SpotOptionsOf(SpotInterruption interruption) => new()
    {
        MarketType = MarketType.Spot,
        SpotOptions = interruption == SpotInterruption.Stop
            ? new SpotMarketOptions { InstanceInterruptionBehavior = InstanceInterruptionBehavior.Stop, SpotInstanceType = SpotInstanceType.Persistent }
            : new SpotMarketOptions { InstanceInterruptionBehavior = InstanceInterruptionBehavior.Terminate, SpotInstanceType = SpotInstanceType.OneTime },
    };

    private BlockDeviceMapping BootDisk(LaunchRequest request) => new()
    {
        DeviceName = request.Prepared.GetValueOrDefault(RootDevice) ?? "/dev/sda1",
        Ebs = new EbsBlockDevice { VolumeSize = request.Spec.BootDiskGiB, DeleteOnTermination = true, Encrypted = hibernation ? true : null },
    };
}
