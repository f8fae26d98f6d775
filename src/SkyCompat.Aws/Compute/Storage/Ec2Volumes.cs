using Amazon.EC2;
using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>Disks as EBS volumes.</summary>
internal sealed class Ec2Volumes(Ec2Calls calls, Ec2Instances instances) : DiskDriver
{
    private const int PageSize = 500;

    private static readonly string[] NoVolume = ["InvalidVolume.NotFound", "InvalidVolumeID.*", "InvalidParameterValue.InvalidVolumeId"];

    public override async Task<Disk> CreateAsync(DiskSpec spec, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var region = spec.Location.Region ?? calls.HomeRegion;
        var request = new CreateVolumeRequest
        {
            AvailabilityZone = spec.Location.Zone
                ?? throw new CloudException(CloudErrorCode.InvalidArgument, "A disk of EC2 is in a zone, the one of the instances it is for: set Location.Zone, such as eu-central-1a."),
            ClientToken = clientToken,
            Size = spec.SizeGiB,
            SnapshotId = spec.SnapshotId is { } snapshot ? calls.Parse(snapshot).Value : null,
            VolumeType = VolumeType.Gp3,
            TagSpecifications = [Ec2Tags.Of(ResourceType.Volume, tags, spec.Name)],
        };
        var reply = await calls.SendAsync(region, Ec2Intent.Write, client => client.CreateVolumeAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return Map(reply.Volume, region) with { Name = spec.Name };
    }

    public override async Task<Disk?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);
        return await TryDescribeAsync(region, value, cancellationToken).ConfigureAwait(false) is { } volume ? Map(volume, region) : null;
    }

    public override async Task<DriverPage<Disk>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var request = new DescribeVolumesRequest { Filters = [Ec2Tags.FilterOwned()], MaxResults = PageSize, NextToken = pageToken };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeVolumesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new DriverPage<Disk>([.. (reply.Volumes ?? []).Where(IsThere).Select(volume => Map(volume, region))], string.IsNullOrEmpty(reply.NextToken) ? null : reply.NextToken);
    }

    public override async Task AttachAsync(string id, string instanceId, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);
        var instance = calls.Parse(instanceId).Value;
        var target = await instances.TryDescribeAsync(region, instance, cancellationToken).ConfigureAwait(false);
        var taken = (target?.BlockDeviceMappings ?? []).Select(mapping => mapping.DeviceName).ToHashSet(StringComparer.Ordinal);
        if (target?.BlockDeviceMappings?.Exists(mapping => mapping.Ebs?.VolumeId == value) == true)
        {
            return;
        }

        var request = new AttachVolumeRequest { VolumeId = value, InstanceId = instance, Device = FreeDevice(taken) };
        try
        {
            await calls.SendAsync(region, Ec2Intent.Write, client => client.AttachVolumeAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.ProviderCode == "VolumeInUse")
        {
            var volume = await TryDescribeAsync(region, value, cancellationToken).ConfigureAwait(false);
            if (volume?.Attachments?.Exists(attachment => attachment.InstanceId == instance) != true)
            {
                throw;
            }
        }
    }

    public override async Task DetachAsync(string id, string instanceId, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);
        var request = new DetachVolumeRequest { VolumeId = value, InstanceId = calls.Parse(instanceId).Value };
        try
        {
            await calls.SendAsync(region, Ec2Intent.Write, client => client.DetachVolumeAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.ProviderCode is "IncorrectState" or "InvalidAttachment.NotFound")
        {
            if (await TryDescribeAsync(region, value, cancellationToken).ConfigureAwait(false) is { Attachments.Count: > 0 })
            {
                throw;
            }
        }
    }

    public override Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);
        return calls.TrySendAsync(region, Ec2Intent.Write, client => client.DeleteVolumeAsync(new DeleteVolumeRequest(value), cancellationToken), NoVolume, cancellationToken);
    }

    /// <summary>The names that EC2 recommends for data disks.</summary>
    private static string FreeDevice(HashSet<string> taken)
    {
        for (var letter = 'f'; letter <= 'p'; letter++)
        {
            if (!taken.Contains($"/dev/sd{letter}") && !taken.Contains($"/dev/xvd{letter}"))
            {
                return $"/dev/sd{letter}";
            }
        }

        throw new CloudException(CloudErrorCode.QuotaExceeded, "The instance has no free name for another disk: EC2 has eleven, /dev/sdf to /dev/sdp.") { IsTransient = false };
    }

    private static bool IsThere(Volume volume) => volume.State?.Value is not ("deleted" or "deleting");

    private async Task<Volume?> TryDescribeAsync(string region, string value, CancellationToken cancellationToken)
    {
        var request = new DescribeVolumesRequest { VolumeIds = [value] };
        var reply = await calls.TrySendAsync(region, Ec2Intent.Read, client => client.DescribeVolumesAsync(request, cancellationToken), NoVolume, cancellationToken).ConfigureAwait(false);
        return reply?.Volumes is [var volume, ..] && IsThere(volume) ? volume : null;
    }

    private Disk Map(Volume volume, string region)
    {
        // One that is still being attached does not count yet, so that waiting for it does not end early.
        var attachment = volume.Attachments?.Find(found => found.State?.Value is "attached" or "detaching" or "busy");
        return new Disk(calls.Format(region, volume.VolumeId), volume.Size ?? 0, new CloudLocation(region, volume.AvailabilityZone))
        {
            Name = Ec2Tags.NameOf(volume.Tags),
            RawState = volume.State?.Value ?? "",
            IsReady = volume.State?.Value is "available" or "in-use",
            AttachedTo = attachment is null ? null : calls.Format(region, attachment.InstanceId),
            Tags = Ec2Tags.ToDictionary(volume.Tags),
            CreatedAt = volume.CreateTime is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null,
        };
    }
}
