using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Reserved addresses.</summary>
internal sealed class AddressCalls(GceWorld world)
{
    public GceRoute Find(string method, string region, string[] rest) => (method, rest) switch
    {
        ("GET", []) => GceRouter.Route("addresses.list", call => GceLists.Page(call, "compute#addressList", $"projects/{world.Project}/regions/{region}/addresses", world.All($"regions/{region}/addresses"))),
        ("POST", []) => GceRouter.Route("addresses.insert", call => world.Once(call, () => Insert(region, call.Body()))),
        ("GET", [var name]) => GceRouter.Route("addresses.get", _ => Get(region, name)),
        ("DELETE", [var name]) => GceRouter.Route("addresses.delete", call => world.Once(call, () => Delete(region, name))),
        _ => throw new GceError(404, "notFound", "Not Found"),
    };

    private JsonObject Get(string region, string name)
    {
        var shown = GceWorld.Copy(world.Get($"regions/{region}/addresses", name));
        world.Look($"regions/{region}/addresses", name);
        return shown;
    }

    private JsonObject Insert(string region, JsonObject sent)
    {
        var name = GceFields.Name(sent);
        var collection = $"regions/{region}/addresses";
        if (world.Find(collection, name) is not null)
        {
            throw GceError.AlreadyExists($"projects/{world.Project}/{collection}/{name}");
        }

        GceFields.Labels(sent["labels"]);
        var address = world.Resource("compute#address", collection, name, sent);
        address["region"] = world.Link($"regions/{region}");
        address["status"] = "RESERVING";
        address["networkTier"] = "PREMIUM";
        address["labelFingerprint"] = GceWorld.Fingerprint(address["labels"]);
        world.Add(collection, address);
        return world.Begin($"regions/{region}", "insert", collection, address, finish: () =>
        {
            if (GceUsage.Of(world, region, "STATIC_ADDRESSES") > world.LimitOf(region, "STATIC_ADDRESSES"))
            {
                world.Remove(collection, name);
                return new GceFailure("QUOTA_EXCEEDED", $"Quota 'STATIC_ADDRESSES' exceeded.  Limit: {world.LimitOf(region, "STATIC_ADDRESSES"):0.0} in region {region}.", 403);
            }

            address["status"] = "RESERVED";
            address["address"] = $"35.200.{ulong.Parse(world.NewId()) % 250}.{ulong.Parse(world.NewId()) / 7919 % 250}";
            return null;
        }, undo: () => world.Remove(collection, name));
    }

    private JsonObject Delete(string region, string name)
    {
        var collection = $"regions/{region}/addresses";
        var address = world.Get(collection, name);
        if (address["users"] is JsonArray { Count: > 0 } users)
        {
            var user = users[0];
            throw new GceError(400, "resourceInUseByAnotherResource", $"The address resource 'projects/{world.Project}/{collection}/{name}' is already being used by '{world.Below((string)user!)}'");
        }

        return world.Begin($"regions/{region}", "delete", collection, address, finish: () =>
            {
                world.Remove(collection, name);
                return null;
            });
    }
}
