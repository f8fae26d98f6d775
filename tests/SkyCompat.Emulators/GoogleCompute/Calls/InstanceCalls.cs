using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Making, reading and deleting instances.</summary>
internal sealed class InstanceCalls(GceWorld world)
{
    public GceRoute Find(string method, string zone, string[] rest) => (method, rest) switch
    {
        ("GET", []) => GceRouter.Route("instances.list", call => List(call, zone)),
        ("POST", []) => GceRouter.Route("instances.insert", call => world.Once(call, () => Insert(zone, call.Body()))),
        ("GET", [var name]) => GceRouter.Route("instances.get", _ => Get(zone, name)),
        ("DELETE", [var name]) => GceRouter.Route("instances.delete", call => world.Once(call, () => Delete(zone, name))),
        ("GET", [var name, "serialPort"]) => GceRouter.Route("instances.getSerialPortOutput", call => Console(call, zone, name)),
        _ => throw new GceError(404, "notFound", "Not Found"),
    };

    public JsonObject ListAll(GceCall call)
    {
        var page = GceLists.Aggregate(call, "compute#instanceAggregatedList", "instances", [.. GceCatalog.Zones.Select(zone => "zones/" + zone)], place => world.All($"{place}/instances"));
        foreach (var zone in GceCatalog.Zones)
        {
            world.Look($"zones/{zone}/instances");
        }

        return page;
    }

    /// <summary>Starts to take a spot instance back.</summary>
    public static JsonObject Preempt(GceWorld world, string zone, string name)
    {
        var collection = $"zones/{zone}/instances";
        var instance = world.Get(collection, name);
        instance["status"] = "STOPPING";
        return world.Begin($"zones/{zone}", "compute.instances.preempted", collection, instance, finish: () =>
        {
            if ((string?)instance["scheduling"]?["instanceTerminationAction"] == "DELETE")
            {
                Drop(world, zone, instance);
            }
            else
            {
                instance["status"] = "TERMINATED";
                instance["lastStopTimestamp"] = world.Now;
            }

            return null;
        });
    }

    private JsonObject List(GceCall call, string zone)
    {
        var page = GceLists.Page(call, "compute#instanceList", $"projects/{world.Project}/zones/{zone}/instances", world.All($"zones/{zone}/instances"));
        world.Look($"zones/{zone}/instances");
        return page;
    }

    private JsonObject Get(string zone, string name)
    {
        var shown = GceWorld.Copy(world.Get($"zones/{zone}/instances", name));
        world.Look($"zones/{zone}/instances", (string)shown["name"]!);
        return shown;
    }

    private JsonObject Console(GceCall call, string zone, string name)
    {
        var instance = world.Get($"zones/{zone}/instances", name);
        var port = call.Number("port", 1, 4);
        var text = port == 1 ? world.ReadConsole(zone, name) : "";
        return new JsonObject
        {
            ["kind"] = "compute#serialPortOutput",
            ["contents"] = text,
            ["start"] = "0",
            ["next"] = text.Length.ToString(),
            ["selfLink"] = (string?)instance["selfLink"] + "/serialPort",
        };
    }

    private JsonObject Insert(string zone, JsonObject sent)
    {
        var collection = $"zones/{zone}/instances";
        var name = GceFields.Name(sent);
        if (world.Find(collection, name) is not null)
        {
            throw GceError.AlreadyExists($"projects/{world.Project}/{collection}/{name}");
        }

        GceFields.Labels(sent["labels"]);
        var type = GceFields.Last((string?)sent["machineType"] ?? throw GceError.Invalid("resource.machineType", "", "Machine type not specified."));
        var machine = GceCatalog.FindMachine(zone, type)
            ?? throw GceError.Invalid("resource.machineType", (string?)sent["machineType"], $"Machine type with name '{type}' does not exist in zone '{zone}'.");
        var instance = world.Resource("compute#instance", collection, name, sent);
        instance["zone"] = world.Link($"zones/{zone}");
        instance["machineType"] = world.Link($"zones/{zone}/machineTypes/{type}");
        instance["status"] = "PROVISIONING";
        instance["labelFingerprint"] = GceWorld.Fingerprint(instance["labels"]);
        instance["fingerprint"] = GceWorld.Fingerprint(sent);
        Fingerprinted(instance, "metadata", "compute#metadata");
        Fingerprinted(instance, "tags", null);
        var faces = new InstanceNetworks(world).Attach(instance, zone[..zone.LastIndexOf('-')]);
        var disks = new InstanceDisks(world).Make(instance, zone, machine);
        world.Add(collection, instance);
        var isSpot = GceUsage.IsSpot(instance);
        return world.Begin(
            $"zones/{zone}",
            "insert",
            collection,
            instance,
            running: () =>
            {
                instance["status"] = "STAGING";
                return GceUsage.Lack(world, zone, machine, isSpot) ?? (world.TryTake(zone, type) ? null : NoStock(zone, type));
            },
            finish: () =>
            {
                instance["status"] = "RUNNING";
                instance["lastStartTimestamp"] = world.Now;
                instance["cpuPlatform"] = "Intel Broadwell";
                foreach (var disk in disks)
                {
                    disk["status"] = "READY";
                }

                world.WriteConsole(zone, name, $"Linux version 6.8.0 (emulated)\nBooting {name}\n");
                foreach (var item in instance["metadata"]?["items"] as JsonArray ?? [])
                {
                    world.WriteConsole(zone, name, $"google-guest-agent: found {(string?)item!["key"]}\n");
                }

                return null;
            },
            undo: () =>
            {
                Drop(world, zone, instance);
                faces();
            });
    }

    private JsonObject Delete(string zone, string name)
    {
        var collection = $"zones/{zone}/instances";
        var instance = world.Get(collection, name);
        if ((bool?)instance["deletionProtection"] == true)
        {
            throw GceError.Invalid("resource.deletionProtection", name, "Resource cannot be deleted if it's protected against deletion.");
        }

        var before = (string?)instance["status"];
        return world.Begin(
            $"zones/{zone}",
            "delete",
            collection,
            instance,
            running: () =>
            {
                instance["status"] = "STOPPING";
                return null;
            },
            finish: () =>
            {
                Drop(world, zone, instance);
                return null;
            },
            undo: () => instance["status"] = before);
    }

    private static GceFailure NoStock(string zone, string type) => new(
        "ZONE_RESOURCE_POOL_EXHAUSTED",
        $"The zone 'projects/emulator/zones/{zone}' does not have enough resources available to fulfill the request.  Try a different zone, or try again later. ({type})",
        503);

    private static void Fingerprinted(JsonObject instance, string member, string? kind)
    {
        var part = instance[member] as JsonObject ?? [];
        part["fingerprint"] = GceWorld.Fingerprint(part);
        if (kind is not null)
        {
            part["kind"] = kind;
        }

        instance[member] = part.Parent is null ? part : part.DeepClone();
    }

    /// <summary>Removes an instance with what goes with it.</summary>
    private static void Drop(GceWorld world, string zone, JsonObject instance)
    {
        if (!ReferenceEquals(world.Find($"zones/{zone}/instances", (string)instance["name"]!), instance))
        {
            return;
        }

        world.Remove($"zones/{zone}/instances", (string)instance["name"]!);
        foreach (var attached in instance["disks"]!.AsArray())
        {
            var disk = GceFields.Last((string)attached!["source"]!);
            if ((bool?)attached["autoDelete"] == true)
            {
                world.Remove($"zones/{zone}/disks", disk);
            }
            else if (world.Find($"zones/{zone}/disks", disk) is { } kept)
            {
                kept.Remove("users");
            }
        }

        new InstanceNetworks(world).Release(instance);
    }
}
