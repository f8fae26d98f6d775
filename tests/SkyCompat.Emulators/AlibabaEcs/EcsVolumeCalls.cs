using System.Globalization;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Disks and snapshots.</summary>
internal sealed class EcsVolumeCalls(EcsState state, EcsEmulatorOptions options)
{
    public JsonObject Create(EcsCall call)
    {
        var zone = call.Need("ZoneId");
        if (!EcsState.Zones[call.Region].Contains(zone, StringComparer.Ordinal))
        {
            throw EcsErrorException.NotFound("InvalidZoneId", zone);
        }

        var copy = call.Text("SnapshotId") is { } id ? state.Copies.Find(copy => copy.Id == id) ?? throw EcsErrorException.NotFound("InvalidSnapshotId", id) : null;
        var size = call.Number("Size") ?? copy?.Size ?? throw EcsErrorException.Missing("Size");
        var category = call.Text("DiskCategory") ?? "cloud_efficiency";
        if (size < (category == "cloud_essd" && call.Text("PerformanceLevel") == "PL0" ? 1 : 20) || size < (copy?.Size ?? 0))
        {
            throw new EcsErrorException(400, "InvalidSize.ValueNotSupported", "The specified parameter Size is not valid.");
        }

        var disk = new EcsVolume { Id = state.NewId("d"), Region = call.Region, Name = call.Text("DiskName") ?? "", CreatedAt = call.Second, ZoneId = zone, Size = size, Category = category, SnapshotId = copy?.Id ?? "", Tags = call.Tags() };
        disk.Go(options.CallsPerState, "Creating", "Available");
        state.Volumes.Add(disk);
        return new JsonObject { ["DiskId"] = disk.Id };
    }

    public JsonObject Describe(EcsCall call)
    {
        var ids = call.JsonList("DiskIds");
        var found = state.Volumes.FindAll(disk => disk.Region == call.Region && ids?.Contains(disk.Id) != false && call.TagsFit(disk.Tags) && call.Fits("InstanceId", disk.InstanceId) && call.Fits("DiskType", disk.Type));
        var reply = EcsJson.TokenPage(call, options, "Disks", "Disk", found, disk => new JsonObject
        {
            ["DiskId"] = disk.Id,
            ["DiskName"] = disk.Name,
            ["Size"] = disk.Size,
            ["Status"] = disk.Status,
            ["Type"] = disk.Type,
            ["Category"] = disk.Category,
            ["InstanceId"] = disk.InstanceId,
            ["RegionId"] = disk.Region,
            ["ZoneId"] = disk.ZoneId,
            ["CreationTime"] = disk.CreatedAt,
            ["SourceSnapshotId"] = disk.SnapshotId,
            ["DeleteWithInstance"] = disk.Type == "system",
            ["Portable"] = disk.Type == "data",
            ["Encrypted"] = false,
            ["DiskChargeType"] = "PostPaid",
            ["Tags"] = EcsJson.EcsTags(disk),
        });
        reply["TotalCount"] = found.Count;
        found.ForEach(disk => disk.Pass(options.CallsPerState));
        return reply;
    }

    public JsonObject Attach(EcsCall call)
    {
        var disk = Find(call);
        var machine = state.Machines.Find(machine => machine.Id == call.Need("InstanceId")) ?? throw EcsErrorException.NotFound("InvalidInstanceId", call.Need("InstanceId"));
        if (disk.Status != "Available")
        {
            throw WrongState(disk);
        }

        if (machine.Status is not ("Running" or "Stopped"))
        {
            throw new EcsErrorException(403, "IncorrectInstanceStatus", "The current status of the resource does not support this operation.");
        }

        if (machine.ZoneId != disk.ZoneId)
        {
            throw new EcsErrorException(403, "ResourcesNotInSameZone", "The specified instance and disk are not in the same zone.");
        }

        disk.InstanceId = machine.Id;
        disk.Go(options.CallsPerState, "Attaching", "In_use");
        return [];
    }

    public JsonObject Detach(EcsCall call)
    {
        var disk = Find(call);
        if (disk.Status != "In_use" || disk.InstanceId != call.Need("InstanceId"))
        {
            throw WrongState(disk);
        }

        disk.Go(options.CallsPerState, "Detaching", "Available");
        return [];
    }

    public JsonObject Delete(EcsCall call)
    {
        var disk = Find(call);
        if (disk.Status != "Available")
        {
            throw WrongState(disk);
        }

        state.Volumes.Remove(disk);
        return [];
    }

    public JsonObject Copy(EcsCall call)
    {
        var disk = Find(call);
        if (disk.Status is not ("Available" or "In_use"))
        {
            throw WrongState(disk);
        }

        var copy = new EcsCopy { Id = state.NewId("s"), Region = disk.Region, Name = call.Text("SnapshotName") ?? "", CreatedAt = call.Second, DiskId = disk.Id, Size = disk.Size, Tags = call.Tags() };
        copy.Go(options.CallsPerState, "progressing", "accomplished");
        state.Copies.Add(copy);
        return new JsonObject { ["SnapshotId"] = copy.Id };
    }

    public JsonObject DescribeCopies(EcsCall call)
    {
        var ids = call.JsonList("SnapshotIds");
        var found = state.Copies.FindAll(copy => copy.Region == call.Region && ids?.Contains(copy.Id) != false && call.TagsFit(copy.Tags) && call.Fits("DiskId", copy.DiskId));
        var reply = EcsJson.TokenPage(call, options, "Snapshots", "Snapshot", found, copy => new JsonObject
        {
            ["SnapshotId"] = copy.Id,
            ["SnapshotName"] = copy.Name,
            ["SourceDiskId"] = copy.DiskId,
            ["SourceDiskSize"] = copy.Size.ToString(CultureInfo.InvariantCulture),
            ["SourceDiskType"] = "data",
            ["Status"] = copy.Status,
            ["Progress"] = copy.Status == "accomplished" ? "100%" : "50%",
            ["CreationTime"] = copy.CreatedAt,
            ["RegionId"] = copy.Region,
            ["Usage"] = "none",
            ["Available"] = copy.Status == "accomplished",
            ["Tags"] = EcsJson.EcsTags(copy),
        });
        reply["TotalCount"] = found.Count;
        found.ForEach(copy => copy.Pass(options.CallsPerState));
        return reply;
    }

    public JsonObject DeleteCopy(EcsCall call)
    {
        var copy = state.Copies.Find(copy => copy.Id == call.Need("SnapshotId")) ?? throw EcsErrorException.NotFound("InvalidSnapshotId", call.Need("SnapshotId"));
        if (!call.Flag("Force") && state.Volumes.Exists(disk => disk.SnapshotId == copy.Id))
        {
            throw new EcsErrorException(403, "SnapshotCreatedDisk", "The snapshot has been used to create disks.");
        }

        state.Copies.Remove(copy);
        return [];
    }

    private EcsVolume Find(EcsCall call) => state.Volumes.Find(disk => disk.Id == call.Need("DiskId")) ?? throw EcsErrorException.NotFound("InvalidDiskId", call.Need("DiskId"));

    private EcsErrorException WrongState(EcsVolume disk)
    {
        var error = new EcsErrorException(403, "IncorrectDiskStatus", $"The current disk status ({disk.Status}) does not support this operation.");
        disk.Pass(options.CallsPerState);
        return error;
    }
}
