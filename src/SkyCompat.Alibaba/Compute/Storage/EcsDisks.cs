using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Disks, each of one zone.</summary>
internal sealed class EcsDisks(EcsContext context) : DiskDriver
{
    private const int PageSize = 100;

    /// <summary>The smallest disk of the usual performance level; smaller ones are of the lowest.</summary>
    private const int MinUsualGiB = 20;

    public override async Task<Disk> CreateAsync(DiskSpec spec, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var region = spec.Location.Region ?? context.Region;
        var zone = spec.Location.Zone ?? throw new CloudException(CloudErrorCode.InvalidArgument, $"Disk '{spec.Name}' needs a zone, that of the instances it is for.") { Resource = spec.Name };
        var call = RpcCall.Ecs("CreateDisk", region).WithRegion()
            .With("ZoneId", zone)
            .With("DiskName", spec.Name)
            .With("Size", spec.SizeGiB)
            .With("DiskCategory", context.DiskCategory)
            .With("PerformanceLevel", context.DiskCategory == "cloud_essd" && spec.SizeGiB < MinUsualGiB ? "PL0" : null)
            .With("SnapshotId", spec.SnapshotId is { } snapshot ? context.Parse(snapshot).Id : null)
            .WithTags(tags)
            .With("ClientToken", clientToken);
        var id = (await context.Rpc.SendAsync(call, ComputeJson.Default.EcsCreateDiskReply, cancellationToken).ConfigureAwait(false)).DiskId;
        return new Disk(context.Format(region, id), spec.SizeGiB, new CloudLocation(region, zone)) { Name = spec.Name, RawState = "Creating", Tags = tags };
    }

    public override async Task<Disk?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        var disk = context.Parse(id);
        return await TryFindAsync(disk, cancellationToken).ConfigureAwait(false) is { } found ? Read(found, disk.Region) : null;
    }

    public override async Task<DriverPage<Disk>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var call = RpcCall.Ecs("DescribeDisks", region).WithRegion().With("MaxResults", PageSize).With("NextToken", pageToken).WithTagKey(ComputeTags.Owner);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsDiskReply, cancellationToken).ConfigureAwait(false);
        return new DriverPage<Disk>([.. (reply.Disks?.Disk ?? []).Select(disk => Read(disk, region))], string.IsNullOrEmpty(reply.NextToken) ? null : reply.NextToken);
    }

    public override Task AttachAsync(string id, string instanceId, CancellationToken cancellationToken) =>
        SendUnlessAsync("AttachDisk", context.Parse(id), context.Parse(instanceId), (disk, instance) => disk.InstanceId == instance && disk.Status is "In_use" or "Attaching", cancellationToken);

    public override Task DetachAsync(string id, string instanceId, CancellationToken cancellationToken) =>
        SendUnlessAsync("DetachDisk", context.Parse(id), context.Parse(instanceId), (disk, _) => disk.Status is "Available" or "Detaching", cancellationToken);

    public override async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var disk = context.Parse(id);
        try
        {
            await context.Rpc.SendAsync(RpcCall.Ecs("DeleteDisk", disk.Region).With("DiskId", disk.Id), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.NotFound)
        {
            // It is gone already.
        }
    }

    /// <summary>Sends a call that the disk's state may forbid because an earlier one did it.</summary>
    private async Task SendUnlessAsync(string action, EcsId disk, EcsId instance, Func<EcsDisk, string, bool> isDone, CancellationToken cancellationToken)
    {
        try
        {
            await context.Rpc.SendAsync(RpcCall.Ecs(action, disk.Region).With("DiskId", disk.Id).With("InstanceId", instance.Id), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.Conflict or CloudErrorCode.InvalidArgument)
        {
            if (await TryFindAsync(disk, cancellationToken).ConfigureAwait(false) is not { } found || !isDone(found, instance.Id))
            {
                throw;
            }
        }
    }

    private async Task<EcsDisk?> TryFindAsync(EcsId disk, CancellationToken cancellationToken)
    {
        var call = RpcCall.Ecs("DescribeDisks", disk.Region).WithRegion().With("DiskIds", disk.ToJsonArray());
        try
        {
            return (await context.Rpc.SendAsync(call, ComputeJson.Default.EcsDiskReply, cancellationToken).ConfigureAwait(false)).Disks?.Disk?.Find(found => found.DiskId == disk.Id);
        }
        catch (CloudException exception) when (exception.ProviderCode is "InvalidDiskIds.Malformed" or "InvalidDiskId.NotFound" or "InvalidDiskIds.NotFound")
        {
            return null;
        }
    }

    private Disk Read(EcsDisk disk, string region) => new(context.Format(region, disk.DiskId), (int)disk.Size, new CloudLocation(region, disk.ZoneId))
    {
        Name = string.IsNullOrEmpty(disk.DiskName) ? null : disk.DiskName,
        RawState = disk.Status,
        IsReady = disk.Status is "Available" or "In_use",
        AttachedTo = disk.Status is "In_use" or "Detaching" && disk.InstanceId is { Length: > 0 } instance ? context.Format(region, instance) : null,
        Tags = EcsTags.Read(disk.Tags),
        CreatedAt = EcsContext.ReadTime(disk.CreationTime),
    };
}
