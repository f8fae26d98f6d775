using System.Globalization;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Snapshots. They are known in all regions and kept in that of their disk. An id is the name.</summary>
internal sealed class GceSnapshots(GceClient client, GceOperations operations) : SnapshotDriver
{
    public override async Task<DiskSnapshot> CreateAsync(string diskId, string name, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        if (!GceNames.TryParseDisk(diskId, out var zone, out var disk))
        {
            throw new CloudException(CloudErrorCode.NotFound, "The disk does not exist.") { Resource = diskId };
        }

        // Without a place it would be spread over the continent, out of the jurisdiction perhaps.
        var region = GceNames.RegionOf(zone);
        var body = new GceSnapshot { Name = name, Labels = new Dictionary<string, string>(tags, StringComparer.Ordinal), StorageLocations = [region] };
        try
        {
            var operation = await client.PostAsync(
                $"zones/{zone}/disks/{disk}/createSnapshot?requestId={GceNames.RequestId(clientToken, zone)}", body, GceJson.Default.GceSnapshot, GceSubject.Other, cancellationToken).ConfigureAwait(false);
            await operations.FinishAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
        {
            if (await TryReadAsync(name, cancellationToken).ConfigureAwait(false) is not { } there || !GceDisks.IsOurs(there.Labels, tags))
            {
                throw;
            }

            return Map(there);
        }

        return await TryGetAsync(name, cancellationToken).ConfigureAwait(false) ?? new DiskSnapshot(name, new CloudLocation(region)) { Name = name, DiskId = diskId, RawState = "CREATING", Tags = tags };
    }

    public override async Task<DiskSnapshot?> TryGetAsync(string id, CancellationToken cancellationToken) =>
        GceNames.IsName(id) && await TryReadAsync(id, cancellationToken).ConfigureAwait(false) is { } found ? Map(found) : null;

    public override async Task<DriverPage<DiskSnapshot>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        GceNames.DemandRegion(region);
        var page = await client.GetAsync("global/snapshots" + GceFilters.Page(GceFilters.Owned, pageToken), GceJson.Default.SnapshotList, GceSubject.Other, cancellationToken).ConfigureAwait(false);
        return new DriverPage<DiskSnapshot>(
            [.. (page.Items ?? []).Select(Map).Where(snapshot => snapshot.Location.Region == region)], string.IsNullOrEmpty(page.NextPageToken) ? null : page.NextPageToken);
    }

    public override async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        if (GceNames.IsName(id))
        {
            await client.TryDeleteAsync($"global/snapshots/{id}", GceSubject.Other, cancellationToken).ConfigureAwait(false);
        }
    }

    private static DiskSnapshot Map(GceSnapshot snapshot)
    {
        var disk = GceNames.TryDiskIdOf(snapshot.SourceDisk);
        var region = snapshot.StorageLocations is [var place, ..] ? place : disk is not null ? GceNames.RegionOf(disk.Split('/')[0]) : null;
        return new DiskSnapshot(snapshot.Name!, new CloudLocation(region))
        {
            Name = snapshot.Name,
            DiskId = disk,
            SizeGiB = int.TryParse(snapshot.DiskSizeGb, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0,
            RawState = snapshot.Status ?? "",
            IsReady = snapshot.Status == "READY",
            Tags = snapshot.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal),
            CreatedAt = GceTimes.TryParse(snapshot.CreationTimestamp),
        };
    }

    private Task<GceSnapshot?> TryReadAsync(string name, CancellationToken cancellationToken) =>
        client.TryGetAsync($"global/snapshots/{name}", GceJson.Default.GceSnapshot, GceSubject.Other, cancellationToken);
}
