using Amazon.EC2;
using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>Snapshots of EBS volumes. Taking one has no client token, so one of the name is looked for first.</summary>
internal sealed class Ec2Snapshots(Ec2Calls calls) : SnapshotDriver
{
    private const int PageSize = 1000;

    private static readonly string[] NoSnapshot = ["InvalidSnapshot.NotFound", "InvalidSnapshotID.*", "InvalidParameterValue.InvalidSnapshotId"];

    public override async Task<DiskSnapshot> CreateAsync(string diskId, string name, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(diskId);
        var known = new DescribeSnapshotsRequest
        {
            OwnerIds = ["self"],
            Filters = [.. Ec2Addresses.Own(tags).Select(tag => Ec2Tags.FilterTag(tag.Key, tag.Value)), Ec2Tags.Filter("volume-id", value), Ec2Tags.Filter("status", "pending", "completed")],
        };
        var found = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeSnapshotsAsync(known, cancellationToken), cancellationToken).ConfigureAwait(false);
        if ((found.Snapshots ?? []).MinBy(snapshot => snapshot.SnapshotId, StringComparer.Ordinal) is { } first)
        {
            return Map(first, region);
        }

        var request = new CreateSnapshotRequest { VolumeId = value, TagSpecifications = [Ec2Tags.Of(ResourceType.Snapshot, tags, name)] };
        var reply = await calls.SendAsync(region, Ec2Intent.Write, client => client.CreateSnapshotAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return Map(reply.Snapshot, region) with { Name = name, Tags = tags };
    }

    public override async Task<DiskSnapshot?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);
        var request = new DescribeSnapshotsRequest { SnapshotIds = [value] };
        var reply = await calls.TrySendAsync(region, Ec2Intent.Read, client => client.DescribeSnapshotsAsync(request, cancellationToken), NoSnapshot, cancellationToken).ConfigureAwait(false);
        return reply?.Snapshots is [var snapshot, ..] ? Map(snapshot, region) : null;
    }

    public override async Task<DriverPage<DiskSnapshot>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        var request = new DescribeSnapshotsRequest { OwnerIds = ["self"], Filters = [Ec2Tags.FilterOwned()], MaxResults = PageSize, NextToken = pageToken };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeSnapshotsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new DriverPage<DiskSnapshot>([.. (reply.Snapshots ?? []).Select(snapshot => Map(snapshot, region))], string.IsNullOrEmpty(reply.NextToken) ? null : reply.NextToken);
    }

    public override Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);
        return calls.TrySendAsync(region, Ec2Intent.Write, client => client.DeleteSnapshotAsync(new DeleteSnapshotRequest(value), cancellationToken), NoSnapshot, cancellationToken);
    }

    private DiskSnapshot Map(Snapshot snapshot, string region) => new(calls.Format(region, snapshot.SnapshotId), new CloudLocation(region))
    {
        Name = Ec2Tags.NameOf(snapshot.Tags),

        // The volume of a copied or shared snapshot is not told: EC2 then writes this one.
        DiskId = string.IsNullOrEmpty(snapshot.VolumeId) || snapshot.VolumeId == "vol-ffffffff" ? null : calls.Format(region, snapshot.VolumeId),
        SizeGiB = snapshot.VolumeSize ?? 0,
        RawState = snapshot.State?.Value ?? "",
        IsReady = snapshot.State == SnapshotState.Completed,
        Tags = Ec2Tags.ToDictionary(snapshot.Tags),
        CreatedAt = snapshot.StartTime is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null,
    };
}
