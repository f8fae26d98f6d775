using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Places, instance types, images and quotas.</summary>
internal sealed class CatalogCalls(GceWorld world)
{
    public string CheckZone(string zone) => GceCatalog.Zones.Contains(zone, StringComparer.Ordinal) ? zone : throw GceError.Invalid("zone", zone, "Unknown zone.");

    public string CheckRegion(string region) => GceCatalog.Regions.Any(known => known.Name == region) ? region : throw GceError.Invalid("region", region, "Unknown region.");

    public JsonObject Project() => new()
    {
        ["kind"] = "compute#project",
        ["id"] = "4242",
        ["name"] = world.Project,
        ["quotas"] = Quotas(null, GceCatalog.ProjectMetrics),
        ["selfLink"] = $"{GceWorld.LinkRoot}projects/{world.Project}",
    };

    public JsonObject Region(string name)
    {
        var (region, zones) = GceCatalog.Regions.FirstOrDefault(known => known.Name == name);
        return region is null ? throw GceError.NotFound($"projects/{world.Project}/regions/{name}") : new JsonObject
        {
            ["kind"] = "compute#region",
            ["id"] = "1000",
            ["name"] = region,
            ["status"] = "UP",
            ["zones"] = new JsonArray([.. zones.Select(zone => (JsonNode)world.Link($"zones/{zone}"))]),
            ["quotas"] = Quotas(region, GceCatalog.RegionalMetrics),
            ["selfLink"] = world.Link($"regions/{region}"),
        };
    }

    public JsonObject Regions(GceCall call) => GceLists.Page(call, "compute#regionList", $"projects/{world.Project}/regions", GceCatalog.Regions.Select(region => Region(region.Name)));

    public JsonObject Zone(string name)
    {
        var region = GceCatalog.Regions.FirstOrDefault(known => known.Zones.Contains(name)).Name ?? throw GceError.NotFound($"projects/{world.Project}/zones/{name}");
        return new JsonObject
        {
            ["kind"] = "compute#zone",
            ["id"] = "2000",
            ["name"] = name,
            ["status"] = "UP",
            ["region"] = world.Link($"regions/{region}"),
            ["selfLink"] = world.Link($"zones/{name}"),
        };
    }

    public JsonObject Zones(GceCall call) => GceLists.Page(call, "compute#zoneList", $"projects/{world.Project}/zones", GceCatalog.Zones.Select(Zone));

    public JsonObject MachineTypes(GceCall call, string zone) =>
        GceLists.Page(call, "compute#machineTypeList", $"projects/{world.Project}/zones/{CheckZone(zone)}/machineTypes", Machines(zone));

    public JsonObject AllMachineTypes(GceCall call) =>
        GceLists.Aggregate(call, "compute#machineTypeAggregatedList", "machineTypes", [.. GceCatalog.Zones.Select(zone => "zones/" + zone)], place => Machines(place["zones/".Length..]));

    public JsonObject MachineType(string zone, string name) =>
        GceCatalog.FindMachine(CheckZone(zone), name) is { } machine ? Machine(machine, zone) : throw GceError.NotFound($"projects/{world.Project}/zones/{zone}/machineTypes/{name}");

    public JsonObject ImageOfFamily(string project, string family) =>
        GceCatalog.Images.FirstOrDefault(image => image.Project == project && image.Family == family) is { Name: not null } image
            ? GceCatalog.Image(image)
            : throw GceError.NotFound($"projects/{project}/global/images/family/{family}");

    public JsonObject Image(string project, string name) =>
        GceCatalog.Images.FirstOrDefault(image => image.Project == project && image.Name == name) is { Name: not null } image
            ? GceCatalog.Image(image)
            : throw GceError.NotFound($"projects/{project}/global/images/{name}");

    public JsonObject Images(GceCall call, string project) =>
        GceLists.Page(call, "compute#imageList", $"projects/{project}/global/images", GceCatalog.Images.Where(image => image.Project == project).Select(GceCatalog.Image));

    private IEnumerable<JsonObject> Machines(string zone) =>
        GceCatalog.Machines.Where(machine => machine.OnlyIn is null || machine.OnlyIn == zone).OrderBy(machine => machine.Name, StringComparer.Ordinal).Select(machine => Machine(machine, zone));

    private JsonObject Machine(GceMachine machine, string zone)
    {
        var type = new JsonObject
        {
            ["kind"] = "compute#machineType",
            ["id"] = "3000",
            ["name"] = machine.Name,
            ["zone"] = zone,
            ["guestCpus"] = machine.Cpus,
            ["memoryMb"] = machine.MemoryMb,
            ["maximumPersistentDisksSizeGb"] = "263168",
            ["isSharedCpu"] = machine.MemoryMb < 8192,
            ["architecture"] = machine.Architecture,
            ["selfLink"] = world.Link($"zones/{zone}/machineTypes/{machine.Name}"),
        };
        if (machine.Gpu is var (gpu, count))
        {
            type["accelerators"] = new JsonArray(new JsonObject { ["guestAcceleratorType"] = gpu, ["guestAcceleratorCount"] = count });
        }

        if (machine.IsDeprecated)
        {
            type["deprecated"] = new JsonObject { ["state"] = "DEPRECATED" };
        }

        return type;
    }

    private JsonArray Quotas(string? region, IReadOnlyList<string> metrics) =>
        [.. metrics.Select(metric => (JsonNode)new JsonObject { ["metric"] = metric, ["limit"] = world.LimitOf(region, metric), ["usage"] = GceUsage.Of(world, region, metric) })];
}
