using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Finds the call that a method and an address ask for.</summary>
internal sealed class GceRouter(GceWorld world)
{
    private readonly CatalogCalls _catalog = new(world);
    private readonly OperationCalls _operations = new(world);
    private readonly InstanceCalls _instances = new(world);
    private readonly InstanceChanges _changes = new(world);
    private readonly DiskCalls _disks = new(world);
    private readonly AddressCalls _addresses = new(world);
    private readonly NetworkCalls _networks = new(world);
    private readonly FirewallCalls _firewalls = new(world);

    public GceRoute Find(string method, string project, string[] path)
    {
        if (path is ["global", "images", ..])
        {
            return Images(method, project, path[2..]);
        }

        if (project != world.Project)
        {
            throw GceError.NotFound($"projects/{project}");
        }

        return (method, path) switch
        {
            ("GET", []) => Route("projects.get", _ => _catalog.Project()),
            ("GET", ["regions"]) => Route("regions.list", _catalog.Regions),
            ("GET", ["regions", var region]) => Route("regions.get", _ => _catalog.Region(region)),
            ("GET", ["zones"]) => Route("zones.list", _catalog.Zones),
            ("GET", ["zones", var zone]) => Route("zones.get", _ => _catalog.Zone(zone)),
            ("GET", ["zones", var zone, "machineTypes"]) => Route("machineTypes.list", call => _catalog.MachineTypes(call, zone)),
            ("GET", ["zones", var zone, "machineTypes", var name]) => Route("machineTypes.get", _ => _catalog.MachineType(zone, name)),
            ("GET", ["aggregated", "machineTypes"]) => Route("machineTypes.aggregatedList", _catalog.AllMachineTypes),
            ("GET", ["aggregated", "instances"]) => Route("instances.aggregatedList", _instances.ListAll),
            ("GET", ["aggregated", "disks"]) => Route("disks.aggregatedList", _disks.ListAll),
            (_, ["global", "operations", .. var rest]) => Operations("globalOperations", method, "global", rest),
            (_, ["global", "networks", .. var rest]) => _networks.RouteNetworks(method, rest),
            (_, ["global", "firewalls", .. var rest]) => _firewalls.Find(method, rest),
            (_, ["global", "snapshots", .. var rest]) => _disks.RouteSnapshots(method, rest),
            (_, ["regions", var region, "operations", .. var rest]) => Operations("regionOperations", method, $"regions/{region}", rest),
            (_, ["regions", var region, "subnetworks", .. var rest]) => _networks.RouteSubnetworks(method, _catalog.CheckRegion(region), rest),
            (_, ["regions", var region, "addresses", .. var rest]) => _addresses.Find(method, _catalog.CheckRegion(region), rest),
            (_, ["zones", var zone, "operations", .. var rest]) => Operations("zoneOperations", method, $"zones/{_catalog.CheckZone(zone)}", rest),
            (_, ["zones", var zone, "disks", .. var rest]) => _disks.Find(method, _catalog.CheckZone(zone), rest),
            ("POST", ["zones", var zone, "instances", var name, var verb]) => _changes.Find(_catalog.CheckZone(zone), name, verb),
            (_, ["zones", var zone, "instances", .. var rest]) => _instances.Find(method, _catalog.CheckZone(zone), rest),
            _ => throw new GceError(404, "notFound", "Not Found"),
        };
    }

    public static GceRoute Route(string name, Func<GceCall, JsonObject> run) => new("compute." + name, run);

    private GceRoute Images(string method, string project, string[] rest) => (method, rest) switch
    {
        ("GET", ["family", var family]) => Route("images.getFromFamily", _ => _catalog.ImageOfFamily(project, family)),
        ("GET", [var name]) => Route("images.get", _ => _catalog.Image(project, name)),
        ("GET", []) => Route("images.list", call => _catalog.Images(call, project)),
        _ => throw new GceError(404, "notFound", "Not Found"),
    };

    private GceRoute Operations(string name, string method, string place, string[] rest) => (method, rest) switch
    {
        ("GET", []) => Route(name + ".list", call => _operations.List(call, place)),
        ("GET", [var operation]) => Route(name + ".get", _ => _operations.Get(place, operation)),
        ("POST", [var operation, "wait"]) => Route(name + ".wait", _ => _operations.Wait(place, operation)),
        ("DELETE", [var operation]) => Route(name + ".delete", _ => _operations.Delete(place, operation)),
        _ => throw new GceError(404, "notFound", "Not Found"),
    };
}
