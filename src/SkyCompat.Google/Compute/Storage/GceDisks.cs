using System.Globalization;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Disks of a zone. An id is <c>zone/disks/name</c>.</summary>
internal sealed class GceDisks(GceClient client, GceOperations operations, GceInstances instances) : DiskDriver
{
    /// <summary>Whether something that has the name has it for the same intent.</summary>
    public static bool IsOurs(IReadOnlyDictionary<string, string>? labels, IReadOnlyDictionary<string, string> tags) =>
        labels is not null && labels.GetValueOrDefault(ComputeTags.Key) == tags.GetValueOrDefault(ComputeTags.Key) && labels.GetValueOrDefault(ComputeTags.Owner) == tags.GetValueOrDefault(ComputeTags.Owner);

    public override async Task<Disk> CreateAsync(DiskSpec spec, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var zone = spec.Location.Zone ?? throw new CloudException(CloudErrorCode.InvalidArgument, "A disk of Compute Engine is in a zone: give that of the instances it is for.");
        var body = new GceDisk
        {
            Name = spec.Name,
            SizeGb = spec.SizeGiB.ToString(CultureInfo.InvariantCulture),
            Type = $"zones/{zone}/diskTypes/pd-balanced",
            SourceSnapshot = spec.SnapshotId is { } snapshot ? $"global/snapshots/{snapshot}" : null,
            Labels = new Dictionary<string, string>(tags, StringComparer.Ordinal),
        };
        try
        {
            var operation = await client.PostAsync($"zones/{zone}/disks?requestId={GceNames.RequestId(clientToken, zone)}", body, GceJson.Default.GceDisk, GceSubject.Other, cancellationToken).ConfigureAwait(false);

            // The operation alone tells that a disk was refused, as for lack of quota; the disk would just not be there.
            await operations.FinishAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.AlreadyExists)
        {
            if (await TryReadAsync(zone, spec.Name, cancellationToken).ConfigureAwait(false) is not { } there || !IsOurs(there.Labels, tags))
            {
                throw;
            }

            return Map(there, zone);
        }

        return await TryGetAsync(GceNames.DiskId(zone, spec.Name), cancellationToken).ConfigureAwait(false)
            ?? new Disk(GceNames.DiskId(zone, spec.Name), spec.SizeGiB, GceNames.LocationOf(zone)) { Name = spec.Name, RawState = "CREATING", Tags = tags };
    }

    public override async Task<Disk?> TryGetAsync(string id, CancellationToken cancellationToken) =>
        GceNames.TryParseDisk(id, out var zone, out var name) && await TryReadAsync(zone, name, cancellationToken).ConfigureAwait(false) is { } found ? Map(found, zone) : null;

    public override async Task<DriverPage<Disk>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken)
    {
        GceNames.DemandRegion(region);
        var page = await client.GetAsync("aggregated/disks" + GceFilters.Page(GceFilters.Owned, pageToken), GceJson.Default.GceScopes, GceSubject.Other, cancellationToken).ConfigureAwait(false);
        return new DriverPage<Disk>(
            [
                .. from scope in page.Items ?? []
                   where scope.Key.StartsWith("zones/", StringComparison.Ordinal)
                   let zone = GceNames.Last(scope.Key)
                   where GceNames.RegionOf(zone) == region
                   from disk in scope.Value.Disks ?? []
                   select Map(disk, zone),
            ],
            string.IsNullOrEmpty(page.NextPageToken) ? null : page.NextPageToken);
    }

    public override async Task AttachAsync(string id, string instanceId, CancellationToken cancellationToken)
    {
        var (zone, name) = Parse(id);
        var (path, instance) = await FindInstanceAsync(instanceId, cancellationToken).ConfigureAwait(false);
        if (DeviceOf(instance, zone, name) is not null)
        {
            return;
        }

        var body = new GceAttachedDisk { Source = $"projects/{client.Context.ProjectId}/zones/{zone}/disks/{name}", DeviceName = name };
        var operation = await client.PostAsync($"{path}/attachDisk", body, GceJson.Default.GceAttachedDisk, GceSubject.Other, cancellationToken).ConfigureAwait(false);
        await operations.FinishAsync(operation, cancellationToken).ConfigureAwait(false);
    }

    public override async Task DetachAsync(string id, string instanceId, CancellationToken cancellationToken)
    {
        var (zone, name) = Parse(id);
        var (path, instance) = await FindInstanceAsync(instanceId, cancellationToken).ConfigureAwait(false);
        if (DeviceOf(instance, zone, name) is { } device)
        {
            var operation = await client.PostAsync($"{path}/detachDisk?deviceName={Uri.EscapeDataString(device)}", GceSubject.Other, cancellationToken).ConfigureAwait(false);
            await operations.FinishAsync(operation, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        if (GceNames.TryParseDisk(id, out var zone, out var name))
        {
            await client.TryDeleteAsync($"zones/{zone}/disks/{name}", GceSubject.Other, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Disk Map(GceDisk disk, string zone) =>
        new(GceNames.DiskId(zone, disk.Name!), int.TryParse(disk.SizeGb, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0, GceNames.LocationOf(zone))
        {
            Name = disk.Name,
            RawState = disk.Status ?? "",
            IsReady = disk.Status == "READY",
            AttachedTo = (disk.Users ?? []).Select(user => GceNames.TryIdOf(user, "instances")).FirstOrDefault(user => user is not null),
            Tags = disk.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal),
            CreatedAt = GceTimes.TryParse(disk.CreationTimestamp),
        };

    private static (string Zone, string Name) Parse(string id) =>
        GceNames.TryParseDisk(id, out var zone, out var name) ? (zone, name) : throw new CloudException(CloudErrorCode.NotFound, "The disk does not exist.") { Resource = id };

    private static string? DeviceOf(GceInstance instance, string zone, string name) =>
        instance.Disks?.Find(disk => GceNames.TryDiskIdOf(disk.Source) == GceNames.DiskId(zone, name))?.DeviceName;

    private Task<GceDisk?> TryReadAsync(string zone, string name, CancellationToken cancellationToken) =>
        client.TryGetAsync($"zones/{zone}/disks/{name}", GceJson.Default.GceDisk, GceSubject.Other, cancellationToken);

    private async Task<(string Path, GceInstance Instance)> FindInstanceAsync(string instanceId, CancellationToken cancellationToken) =>
        GceNames.TryParse(instanceId, out var zone, out var name) && await instances.TryReadAsync(zone, name, cancellationToken).ConfigureAwait(false) is { } found
            ? ($"zones/{zone}/instances/{name}", found)
            : throw new CloudException(CloudErrorCode.NotFound, "The instance does not exist.") { Reason = ComputeErrorReasons.InstanceNotFound, Resource = instanceId };
}
