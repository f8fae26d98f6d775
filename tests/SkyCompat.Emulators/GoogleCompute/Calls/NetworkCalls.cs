using System.Net;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Networks and their subnets.</summary>
internal sealed class NetworkCalls(GceWorld world)
{
    private const string Networks = "global/networks";

    public GceRoute RouteNetworks(string method, string[] rest) => (method, rest) switch
    {
        ("GET", []) => GceRouter.Route("networks.list", call => GceLists.Page(call, "compute#networkList", $"projects/{world.Project}/{Networks}", world.All(Networks))),
        ("POST", []) => GceRouter.Route("networks.insert", call => world.Once(call, () => Insert(call.Body()))),
        ("GET", [var name]) => GceRouter.Route("networks.get", _ => Get(Networks, name)),
        ("DELETE", [var name]) => GceRouter.Route("networks.delete", call => world.Once(call, () => Delete(name))),
        _ => throw new GceError(404, "notFound", "Not Found"),
    };

    public GceRoute RouteSubnetworks(string method, string region, string[] rest) => (method, rest) switch
    {
        ("GET", []) => GceRouter.Route(
            "subnetworks.list", call => GceLists.Page(call, "compute#subnetworkList", $"projects/{world.Project}/regions/{region}/subnetworks", world.All($"regions/{region}/subnetworks"))),
        ("POST", []) => GceRouter.Route("subnetworks.insert", call => world.Once(call, () => InsertSubnet(region, call.Body()))),
        ("GET", [var name]) => GceRouter.Route("subnetworks.get", _ => Get($"regions/{region}/subnetworks", name)),
        ("DELETE", [var name]) => GceRouter.Route("subnetworks.delete", call => world.Once(call, () => DeleteSubnet(region, name))),
        _ => throw new GceError(404, "notFound", "Not Found"),
    };

    private JsonObject Get(string collection, string name)
    {
        var shown = GceWorld.Copy(world.Get(collection, name));
        world.Look(collection, name);
        return shown;
    }

    private JsonObject Insert(JsonObject sent)
    {
        var name = GceFields.Name(sent);
        if (world.Find(Networks, name) is not null)
        {
            throw GceError.AlreadyExists($"projects/{world.Project}/{Networks}/{name}");
        }

        var network = world.Resource("compute#network", Networks, name, sent);
        network["routingConfig"] ??= new JsonObject { ["routingMode"] = "REGIONAL" };
        network["subnetworks"] = new JsonArray();
        world.Add(Networks, network);
        return world.Begin("global", "insert", Networks, network, undo: () => world.Remove(Networks, name));
    }

    private JsonObject InsertSubnet(string region, JsonObject sent)
    {
        var name = GceFields.Name(sent);
        var collection = $"regions/{region}/subnetworks";
        if (world.Find(collection, name) is not null)
        {
            throw GceError.AlreadyExists($"projects/{world.Project}/{collection}/{name}");
        }

        var networkName = GceFields.Last((string?)sent["network"] ?? throw GceError.Invalid("resource.network", "", "The network is missing."));
        var network = world.Get(Networks, networkName);
        if (world.IsBusy(Networks, networkName))
        {
            throw GceError.NotReady($"projects/{world.Project}/{Networks}/{networkName}");
        }

        if (!IPNetwork.TryParse((string?)sent["ipCidrRange"] ?? "", out var range))
        {
            throw GceError.Invalid("resource.ipCidrRange", (string?)sent["ipCidrRange"], "Must be a CIDR address range.");
        }

        if (world.Everywhere("subnetworks").FirstOrDefault(other => (string?)other["network"] == (string?)network["selfLink"] && Overlap(IPNetwork.Parse((string)other["ipCidrRange"]!), range)) is { } rival)
        {
            throw GceError.Invalid("resource.ipCidrRange", range.ToString(), $"Invalid IPCidrRange: {range} conflicts with existing subnetwork '{rival["name"]}' in region '{GceFields.Last((string)rival["region"]!)}'.");
        }

        var subnet = world.Resource("compute#subnetwork", collection, name, sent);
        subnet["network"] = (string)network["selfLink"]!;
        subnet["region"] = world.Link($"regions/{region}");
        subnet["gatewayAddress"] = range.BaseAddress.ToString()[..^1] + "1";
        subnet["fingerprint"] = GceWorld.Fingerprint(subnet["ipCidrRange"]);
        world.Add(collection, subnet);
        return world.Begin($"regions/{region}", "insert", collection, subnet, finish: () =>
        {
            network["subnetworks"]!.AsArray().Add((string)subnet["selfLink"]!);
            return null;
        }, undo: () => world.Remove(collection, name));
    }

    private JsonObject DeleteSubnet(string region, string name)
    {
        var collection = $"regions/{region}/subnetworks";
        var subnet = world.Get(collection, name);
        var link = (string)subnet["selfLink"]!;
        if (world.Everywhere("instances").FirstOrDefault(instance => instance["networkInterfaces"]!.AsArray().Any(face => (string?)face!["subnetwork"] == link)) is { } user)
        {
            throw GceError.InUse($"projects/{world.Project}/{collection}/{name}", world.Below((string)user["selfLink"]!));
        }

        return world.Begin($"regions/{region}", "delete", collection, subnet, finish: () =>
        {
            world.Remove(collection, name);
            if (world.Find(Networks, GceFields.Last((string)subnet["network"]!))?["subnetworks"] is JsonArray links && links.FirstOrDefault(other => (string?)other == link) is { } entry)
            {
                links.Remove(entry);
            }

            return null;
        });
    }

    private JsonObject Delete(string name)
    {
        var network = world.Get(Networks, name);
        var link = (string)network["selfLink"]!;
        if (world.Everywhere("subnetworks").Concat(world.All("global/firewalls")).FirstOrDefault(other => (string?)other["network"] == link) is { } user)
        {
            throw GceError.InUse($"projects/{world.Project}/{Networks}/{name}", world.Below((string)user["selfLink"]!));
        }

        return world.Begin("global", "delete", Networks, network, finish: () =>
        {
            world.Remove(Networks, name);
            return null;
        });
    }

    private static bool Overlap(IPNetwork one, IPNetwork other) => one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress);
}
