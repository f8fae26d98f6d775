using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Disks and snapshots.</summary>
internal sealed class DiskCalls(GceWorld world)
{
    private const string Snapshots = "global/snapshots";

    public GceRoute Find(string method, string zone, string[] rest) => (method, rest) switch
    {
        ("GET", []) => GceRouter.Route("disks.list", call => Look(zone, null, GceLists.Page(call, "compute#diskList", $"projects/{world.Project}/zones/{zone}/disks", world.All($"zones/{zone}/disks")))),
        ("POST", []) => GceRouter.Route("disks.insert", call => world.Once(call, () => Insert(zone, call.Body()))),
        ("GET", [var name]) => GceRouter.Route("disks.get", _ => Look(zone, name, GceWorld.Copy(world.Get($"zones/{zone}/disks", name)))),
        ("DELETE", [var name]) => GceRouter.Route("disks.delete", call => world.Once(call, () => Delete(zone, name))),
        ("POST", [var name, "createSnapshot"]) => GceRouter.Route("disks.createSnapshot", call => world.Once(call, () => Snapshot(zone, name, call.Body()))),
        _ => throw new GceError(404, "notFound", "Not Found"),
    };

    public GceRoute RouteSnapshots(string method, string[] rest) => (method, rest) switch
    {
        ("GET", []) => GceRouter.Route("snapshots.list", call =>
        {
            var page = GceLists.Page(call, "compute#snapshotList", $"projects/{world.Project}/{Snapshots}", world.All(Snapshots));
            world.Look(Snapshots);
            return page;
        }),
        ("GET", [var name]) => GceRouter.Route("snapshots.get", _ =>
        {
            var shown = GceWorld.Copy(world.Get(Snapshots, name));
            world.Look(Snapshots, name);
            return shown;
        }),
        ("DELETE", [var name]) => GceRouter.Route("snapshots.delete", call => world.Once(call, () => DeleteSnapshot(name))),
        _ => throw new GceError(404, "notFound", "Not Found"),
    };

    public JsonObject ListAll(GceCall call)
    {
        var page = GceLists.Aggregate(call, "compute#diskAggregatedList", "disks", [.. GceCatalog.Zones.Select(zone => "zones/" + zone)], place => world.All($"{place}/disks"));
        foreach (var zone in GceCatalog.Zones)
        {
            world.Look($"zones/{zone}/disks");
        }

        return page;
    }

    private JsonObject Look(string zone, string? name, JsonObject shown)
    {
        world.Look($"zones/{zone}/disks", name);
        return shown;
    }

    private JsonObject Insert(string zone, JsonObject sent)
    {
        var name = GceFields.Name(sent);
        var collection = $"zones/{zone}/disks";
        if (world.Find(collection, name) is not null)
        {
            throw GceError.AlreadyExists($"projects/{world.Project}/{collection}/{name}");
        }

        GceFields.Labels(sent["labels"]);
        var disk = world.Resource("compute#disk", collection, name, sent);
        if ((string?)sent["sourceSnapshot"] is { } source)
        {
            var snapshot = world.Get(Snapshots, GceFields.Last(source));
            disk["sourceSnapshot"] = (string)snapshot["selfLink"]!;
            disk["sizeGb"] ??= (string)snapshot["diskSizeGb"]!;
            if (int.Parse((string)disk["sizeGb"]!) < int.Parse((string)snapshot["diskSizeGb"]!))
            {
                throw GceError.Invalid("resource.sizeGb", (string?)disk["sizeGb"], $"Requested disk size cannot be smaller than the snapshot size ({snapshot["diskSizeGb"]} GB)");
            }
        }

        disk["sizeGb"] ??= "500";
        disk["zone"] = world.Link($"zones/{zone}");
        disk["type"] = world.Link($"zones/{zone}/diskTypes/{GceFields.Last((string?)sent["type"] ?? "pd-standard")}");
        disk["status"] = "CREATING";
        disk["labelFingerprint"] = GceWorld.Fingerprint(disk["labels"]);
        world.Add(collection, disk);
        return world.Begin($"zones/{zone}", "insert", collection, disk, running: () => Over(zone), finish: () =>
        {
            disk["status"] = "READY";
            return null;
        }, undo: () => world.Remove(collection, name));
    }

    private GceFailure? Over(string zone)
    {
        var region = zone[..zone.LastIndexOf('-')];
        return GceUsage.Of(world, region, "SSD_TOTAL_GB") <= world.LimitOf(region, "SSD_TOTAL_GB") ? null
            : new GceFailure("QUOTA_EXCEEDED", $"Quota 'SSD_TOTAL_GB' exceeded.  Limit: {world.LimitOf(region, "SSD_TOTAL_GB"):0.0} in region {region}.", 403);
    }

    private JsonObject Delete(string zone, string name)
    {
        var collection = $"zones/{zone}/disks";
        var disk = world.Get(collection, name);
        if (disk["users"] is JsonArray { Count: > 0 } users)
        {
            var user = users[0];
            throw new GceError(400, "resourceInUseByAnotherResource", $"The disk resource 'projects/{world.Project}/{collection}/{name}' is already being used by '{world.Below((string)user!)}'");
        }

        return world.Begin($"zones/{zone}", "delete", collection, disk, finish: () =>
            {
                world.Remove(collection, name);
                return null;
            });
    }

    private JsonObject Snapshot(string zone, string diskName, JsonObject sent)
    {
        var disk = world.Get($"zones/{zone}/disks", diskName);
        var name = GceFields.Name(sent);
        if (world.Find(Snapshots, name) is not null)
        {
            throw GceError.AlreadyExists($"projects/{world.Project}/{Snapshots}/{name}");
        }

        GceFields.Labels(sent["labels"]);
        var snapshot = world.Resource("compute#snapshot", Snapshots, name, sent);
        snapshot["sourceDisk"] = (string)disk["selfLink"]!;
        snapshot["sourceDiskId"] = (string)disk["id"]!;
        snapshot["diskSizeGb"] = (string)disk["sizeGb"]!;
        snapshot["storageLocations"] ??= new JsonArray("eu");
        snapshot["status"] = "CREATING";
        snapshot["labelFingerprint"] = GceWorld.Fingerprint(snapshot["labels"]);
        world.Add(Snapshots, snapshot);
        return world.Begin(
            $"zones/{zone}",
            "createSnapshot",
            Snapshots,
            snapshot,
            running: () =>
            {
                snapshot["status"] = "UPLOADING";
                return null;
            },
            finish: () =>
            {
                snapshot["status"] = "READY";
                snapshot["storageBytes"] = "1048576";
                return null;
            },
            undo: () => world.Remove(Snapshots, name));
    }

    private JsonObject DeleteSnapshot(string name)
    {
        var snapshot = world.Get(Snapshots, name);
        return world.Begin("global", "delete", Snapshots, snapshot, finish: () =>
        {
            world.Remove(Snapshots, name);
            return null;
        });
    }
}
