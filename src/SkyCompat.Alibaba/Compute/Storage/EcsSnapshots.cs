using System.Globalization;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Snapshots of disks.</summary>
internal sealed class EcsSnapshots(EcsContext context) : SnapshotDriver
{
    private const int PageSize = 100;

    public override async Task<DiskSnapshot> CreateAsync(string diskId, string name, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var disk = context.Parse(diskId);
        var call = RpcCall.Ecs("CreateSnapshot", disk.Region).With("DiskId", disk.Id).With("SnapshotName", name).WithTags(tags).With("ClientToken", clientToken);
        var id = (await context.Rpc.SendAsync(call, ComputeJson.Default.EcsCreateSnapshotReply, cancellationToken).ConfigureAwait(false)).SnapshotId;
        return new DiskSnapshot(context.Format(disk.Region, id), new CloudLocation(disk.Region)) { Name = name, DiskId = diskId, RawState = "progressing", Tags = tags };
    }

    public override async Task<DiskSnapshot?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        var snapshot = context.Parse(id);
        var call = RpcCall.Ecs("DescribeSnapshots", snapshot.Region).WithRegion().With("SnapshotIds", snapshot.ToJsonArray());
        try
        {
            var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsSnapshotReply, cancellationToken).ConfigureAwait(false);
            return reply.Snapshots?.Snapshot?.Find(found => found.SnapshotId == snapshot.Id) is { } found ? Read(found, snapshot.Region) : null;
        }
        catch (CloudException exception) when (exception.ProviderCode is "InvalidSnapshotIds.Malformed" or "InvalidSnapshotId.NotFound" or "InvalidSnapshotIds.NotFound")
        {
            return null;
        }
    }

    public override async Task<DriverPage<DiskSnapshot>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var call = RpcCall.Ecs("DescribeSnapshots", region).WithRegion().With("MaxResults", PageSize).With("NextToken", pageToken).WithTagKey(ComputeTags.Owner);
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsSnapshotReply, cancellationToken).ConfigureAwait(false);
        return new DriverPage<DiskSnapshot>([.. (reply.Snapshots?.Snapshot ?? []).Select(snapshot => Read(snapshot, region))], string.IsNullOrEmpty(reply.NextToken) ? null : reply.NextToken);
    }

    public override async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var snapshot = context.Parse(id);
        try
        {
            // Disks that were made of it stay; without force ECS refuses.
            await context.Rpc.SendAsync(RpcCall.Ecs("DeleteSnapshot", snapshot.Region).With("SnapshotId", snapshot.Id).With("Force", "true"), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.NotFound)
        {
            // It is gone already.
        }
    }

    private DiskSnapshot Read(EcsSnapshot snapshot, string region) => new(context.Format(region, snapshot.SnapshotId), new CloudLocation(region))
    {
        Name = string.IsNullOrEmpty(snapshot.SnapshotName) ? null : snapshot.SnapshotName,
        DiskId = snapshot.SourceDiskId is { Length: > 0 } disk ? context.Format(region, disk) : null,
        SizeGiB = int.TryParse(snapshot.SourceDiskSize, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0,
        RawState = snapshot.Status,
        IsReady = snapshot.Status == "accomplished",
        Tags = EcsTags.Read(snapshot.Tags),
        CreatedAt = EcsContext.ReadTime(snapshot.CreationTime),
    };
}
