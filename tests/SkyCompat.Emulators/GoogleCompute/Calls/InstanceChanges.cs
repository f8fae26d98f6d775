using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>What is done to instances that are there.</summary>
internal sealed class InstanceChanges(GceWorld world)
{
    private readonly InstanceNetworks _networks = new(world);

    public GceRoute Find(string zone, string name, string verb) => verb switch
    {
        "start" or "stop" or "reset" or "suspend" or "resume" => Route(verb, (_, instance) => Turn(zone, verb, instance)),
        "setLabels" => Route(verb, (call, instance) => SetLabels(zone, instance, call.Body())),
        "attachDisk" => Route(verb, (call, instance) => AttachDisk(zone, instance, call.Body())),
        "detachDisk" => Route(verb, (call, instance) => DetachDisk(zone, instance, call.Query("deviceName"))),
        "addAccessConfig" => Route(verb, (call, instance) => AddAccess(zone, instance, call.Query("networkInterface"), call.Body())),
        "deleteAccessConfig" => Route(verb, (call, instance) => DeleteAccess(zone, instance, call.Query("networkInterface"), call.Query("accessConfig"))),
        _ => throw new GceError(404, "notFound", "Not Found"),
    };

    private GceRoute Route(string verb, Func<GceCall, JsonObject, JsonObject> run, string? zone = null) =>
        GceRouter.Route("instances." + verb, call => world.Once(call, () => run(call, world.Get($"zones/{zone ?? call.Path[1]}/instances", call.Path[3]))));

    private static string NameOf(JsonObject instance) => (string)instance["name"]!;

    private JsonObject Begin(string zone, string type, JsonObject instance, Func<GceFailure?>? running, Func<GceFailure?>? finish, Action? undo = null) =>
        world.Begin($"zones/{zone}", type, $"zones/{zone}/instances", instance, running, finish, undo);

    private JsonObject Turn(string zone, string verb, JsonObject instance)
    {
        var status = (string)instance["status"]!;
        var path = $"projects/{world.Project}/zones/{zone}/instances/{NameOf(instance)}";
        if (status is "STOPPING" or "SUSPENDING" or "REPAIRING" or "DEPROVISIONING" || world.IsBusy($"zones/{zone}/instances", NameOf(instance)))
        {
            throw GceError.NotReady(path);
        }

        switch (verb, status)
        {
            case ("start", "RUNNING") or ("stop", "TERMINATED"):
                return Begin(zone, verb, instance, null, null);
            case ("start", "TERMINATED"):
                return Start(zone, verb, instance, status);
            case ("resume", "SUSPENDED"):
                return Start(zone, verb, instance, status);
            case ("stop", "RUNNING" or "SUSPENDED"):
                return Begin(zone, verb, instance, () => Show(instance, "STOPPING"), () => Show(instance, "TERMINATED", "lastStopTimestamp"), () => instance["status"] = status);
            case ("suspend", "RUNNING"):
                return Begin(zone, verb, instance, () => Show(instance, "SUSPENDING"), () => Show(instance, "SUSPENDED", "lastSuspendedTimestamp"), () => instance["status"] = status);
            case ("reset", "RUNNING"):
                return Begin(zone, verb, instance, null, null);
            case ("suspend" or "reset", _):
                throw GceError.NotReady(path);
            default:
                throw new GceError(400, "invalid", $"Invalid value for field 'instance': '{NameOf(instance)}'. Instance is not in a valid state ({status}) for {verb}.");
        }
    }

    private JsonObject Start(string zone, string verb, JsonObject instance, string before)
    {
        var machine = GceCatalog.FindMachine(zone, GceFields.Last((string)instance["machineType"]!))!;
        return Begin(
            zone,
            verb,
            instance,
            () =>
            {
                instance["status"] = "STAGING";
                return GceUsage.Lack(world, zone, machine, GceUsage.IsSpot(instance))
                    ?? (world.TryTake(zone, machine.Name) ? null : new GceFailure("ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS", $"The zone '{zone}' does not have enough resources available to fulfill the request.", 503));
            },
            () => Show(instance, "RUNNING", "lastStartTimestamp"),
            () => instance["status"] = before);
    }

    private GceFailure? Show(JsonObject instance, string status, string? timestamp = null)
    {
        instance["status"] = status;
        if (timestamp is not null)
        {
            instance[timestamp] = world.Now;
        }

        return null;
    }

    private JsonObject SetLabels(string zone, JsonObject instance, JsonObject sent)
    {
        if ((string?)sent["labelFingerprint"] != (string?)instance["labelFingerprint"])
        {
            throw new GceError(412, "conditionNotMet", "Labels fingerprint either invalid or resource labels have changed");
        }

        GceFields.Labels(sent["labels"]);
        instance["labels"] = sent["labels"]?.DeepClone();
        instance["labelFingerprint"] = GceWorld.Fingerprint(instance["labels"]);
        return Begin(zone, "setLabels", instance, null, null);
    }

    private JsonObject AttachDisk(string zone, JsonObject instance, JsonObject sent)
    {
        var source = (string?)sent["source"] ?? throw GceError.Invalid("resource.source", "", "The source is missing.");
        if (world.Below(source).Split('/') is not ["zones", var place, "disks", var name] || place != zone)
        {
            throw GceError.Invalid("resource.source", source, "Disk must be in the same zone as the instance.");
        }

        var disk = world.Get($"zones/{zone}/disks", name);
        if (world.IsBusy($"zones/{zone}/disks", name))
        {
            throw GceError.NotReady($"projects/{world.Project}/zones/{zone}/disks/{name}");
        }

        if (disk["users"] is JsonArray { Count: > 0 } users)
        {
            var user = users[0];
            throw new GceError(400, "resourceInUseByAnotherResource", $"The disk resource 'projects/{world.Project}/zones/{zone}/disks/{name}' is already being used by '{world.Below((string)user!)}'");
        }

        disk["users"] = new JsonArray((string)instance["selfLink"]!);
        var attached = new JsonObject
        {
            ["kind"] = "compute#attachedDisk",
            ["type"] = "PERSISTENT",
            ["mode"] = "READ_WRITE",
            ["source"] = (string)disk["selfLink"]!,
            ["deviceName"] = (string?)sent["deviceName"] ?? $"persistent-disk-{instance["disks"]!.AsArray().Count}",
            ["boot"] = false,
            ["autoDelete"] = false,
        };
        return Begin(zone, "attachDisk", instance, null, () =>
        {
            instance["disks"]!.AsArray().Add(attached);
            disk["lastAttachTimestamp"] = world.Now;
            return null;
        }, () => disk.Remove("users"));
    }

    private JsonObject DetachDisk(string zone, JsonObject instance, string? device)
    {
        var disks = instance["disks"]!.AsArray();
        var attached = disks.FirstOrDefault(disk => (string?)disk!["deviceName"] == device) ?? throw GceError.Invalid("deviceName", device, $"No attached disk found with device name '{device}'");
        if ((bool?)attached["boot"] == true && (string?)instance["status"] != "TERMINATED")
        {
            throw GceError.Invalid("deviceName", device, "Boot disk cannot be detached unless the instance is stopped.");
        }

        return Begin(zone, "detachDisk", instance, null, () =>
        {
            disks.Remove(attached);
            world.Find($"zones/{zone}/disks", GceFields.Last((string)attached["source"]!))?.Remove("users");
            return null;
        });
    }

    private JsonObject AddAccess(string zone, JsonObject instance, string? name, JsonObject sent)
    {
        var face = Face(instance, name);
        var accesses = face["accessConfigs"] as JsonArray ?? [];
        if (accesses.Count > 0)
        {
            throw GceError.Invalid("resource.accessConfigs", (string?)accesses[0]!["name"], "At most one access config currently supported.");
        }

        var access = GceWorld.Copy(sent);
        _networks.Open(access, instance, zone[..zone.LastIndexOf('-')]);
        return Begin(zone, "addAccessConfig", instance, null, () =>
        {
            face["accessConfigs"] = new JsonArray(access);
            return null;
        }, () => _networks.Close(access));
    }

    private JsonObject DeleteAccess(string zone, JsonObject instance, string? name, string? accessName)
    {
        var face = Face(instance, name);
        var access = (face["accessConfigs"] as JsonArray ?? []).FirstOrDefault(known => (string?)known!["name"] == accessName) as JsonObject
            ?? throw GceError.Invalid("accessConfig", accessName, "Invalid access config name.");
        return Begin(zone, "deleteAccessConfig", instance, null, () =>
        {
            face.Remove("accessConfigs");
            _networks.Close(access);
            return null;
        });
    }

    private static JsonObject Face(JsonObject instance, string? name) =>
        instance["networkInterfaces"]!.AsArray().FirstOrDefault(face => (string?)face!["name"] == name) as JsonObject ?? throw GceError.Invalid("networkInterface", name, "Invalid network interface name.");
}
