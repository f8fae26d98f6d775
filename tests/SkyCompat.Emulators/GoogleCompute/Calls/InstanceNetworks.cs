using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>The interfaces of instances and the addresses that lead to them.</summary>
internal sealed class InstanceNetworks(GceWorld world)
{
    /// <summary>Checks the interfaces and gives them addresses.</summary>
    /// <returns>Takes that back.</returns>
    public Action Attach(JsonObject instance, string region)
    {
        if (instance["networkInterfaces"] is not JsonArray { Count: > 0 } faces)
        {
            throw GceError.Invalid("resource.networkInterfaces", "", "At least one network interface is required.");
        }

        foreach (var (index, node) in faces.Index())
        {
            var face = (JsonObject)node!;
            var subnet = Subnet(face, region);
            face["kind"] = "compute#networkInterface";
            face["name"] = $"nic{index}";
            face["network"] = (string)subnet["network"]!;
            face["subnetwork"] = (string)subnet["selfLink"]!;
            face["networkIP"] = $"{((string)subnet["ipCidrRange"]!).Split('.')[0]}.{((string)subnet["ipCidrRange"]!).Split('.')[1]}.0.{(ulong.Parse(world.NewId()) % 250) + 2}";
            face["fingerprint"] = GceWorld.Fingerprint(face["networkIP"]);
            foreach (var access in face["accessConfigs"] as JsonArray ?? [])
            {
                Open((JsonObject)access!, instance, region);
            }
        }

        return () => Release(instance);
    }

    /// <summary>Gives a way from outside its address: a reserved one, or any.</summary>
    public void Open(JsonObject access, JsonObject instance, string region)
    {
        access["kind"] = "compute#accessConfig";
        access["name"] ??= "External NAT";
        access["type"] ??= "ONE_TO_ONE_NAT";
        access["networkTier"] = "PREMIUM";
        if ((string?)access["natIP"] is not { } wanted)
        {
            access["natIP"] = $"34.90.{ulong.Parse(world.NewId()) % 250}.{ulong.Parse(world.NewId()) / 7919 % 250}";
            return;
        }

        var address = world.All($"regions/{region}/addresses").FirstOrDefault(known => (string?)known["address"] == wanted)
            ?? throw GceError.Invalid("resource.accessConfigs[0].natIP", wanted, "The specified external IP address was not found in the region.");
        if ((string?)address["status"] == "IN_USE")
        {
            throw new GceError(400, "invalid", $"External IP address: {wanted} is already in-use.");
        }

        address["status"] = "IN_USE";
        address["users"] = new JsonArray((string)instance["selfLink"]!);
    }

    /// <summary>Frees the reserved addresses of an instance.</summary>
    public void Release(JsonObject instance)
    {
        foreach (var face in instance["networkInterfaces"] as JsonArray ?? [])
        {
            foreach (var access in face!["accessConfigs"] as JsonArray ?? [])
            {
                Close((JsonObject)access!);
            }
        }
    }

    /// <summary>Frees an address, if it is a reserved one.</summary>
    public void Close(JsonObject access)
    {
        foreach (var address in world.Everywhere("addresses").Where(known => (string?)known["address"] == (string?)access["natIP"]))
        {
            address["status"] = "RESERVED";
            address.Remove("users");
        }
    }

    private JsonObject Subnet(JsonObject face, string region)
    {
        if ((string?)face["subnetwork"] is { } named)
        {
            var path = world.Below(named).Split('/');
            if (path is not ["regions", var place, "subnetworks", var name])
            {
                throw GceError.Invalid("resource.networkInterfaces[0].subnetwork", named, "The URL is malformed.");
            }

            return place == region ? Ready($"regions/{place}/subnetworks", name)
                : throw GceError.Invalid("resource.networkInterfaces[0].subnetwork", named, $"Subnetwork should be in the region of the instance, {region}.");
        }

        var network = Ready("global/networks", GceFields.Last((string?)face["network"] ?? "global/networks/default"));
        return (bool?)network["autoCreateSubnetworks"] == true
            ? world.All($"regions/{region}/subnetworks").First(subnet => (string?)subnet["network"] == (string?)network["selfLink"])
            : throw GceError.Invalid("resource.networkInterfaces[0]", "", "Subnetwork must be specified for the network with custom subnet mode.");
    }

    private JsonObject Ready(string collection, string name)
    {
        var found = world.Get(collection, name);
        return world.IsBusy(collection, name) ? throw GceError.NotReady($"projects/{world.Project}/{collection}/{name}") : found;
    }
}
