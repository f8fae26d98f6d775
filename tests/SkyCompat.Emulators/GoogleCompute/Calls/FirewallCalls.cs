using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Firewall rules.</summary>
internal sealed class FirewallCalls(GceWorld world)
{
    private const string Collection = "global/firewalls";

    public GceRoute Find(string method, string[] rest) => (method, rest) switch
    {
        ("GET", []) => GceRouter.Route("firewalls.list", call => GceLists.Page(call, "compute#firewallList", $"projects/{world.Project}/{Collection}", world.All(Collection))),
        ("POST", []) => GceRouter.Route("firewalls.insert", call => world.Once(call, () => Insert(call.Body()))),
        ("GET", [var name]) => GceRouter.Route("firewalls.get", _ => GceWorld.Copy(world.Get(Collection, name))),
        ("PUT", [var name]) => GceRouter.Route("firewalls.update", call => world.Once(call, () => Update(name, call.Body()))),
        ("DELETE", [var name]) => GceRouter.Route("firewalls.delete", call => world.Once(call, () => Delete(name))),
        _ => throw new GceError(404, "notFound", "Not Found"),
    };

    private JsonObject Insert(JsonObject sent)
    {
        var name = GceFields.Name(sent);
        if (world.Find(Collection, name) is not null)
        {
            throw GceError.AlreadyExists($"projects/{world.Project}/{Collection}/{name}");
        }

        var rule = Check(sent, world.Resource("compute#firewall", Collection, name, sent));
        world.Add(Collection, rule);
        return world.Begin("global", "insert", Collection, rule, undo: () => world.Remove(Collection, name));
    }

    private JsonObject Update(string name, JsonObject sent)
    {
        var old = world.Get(Collection, name);
        var rule = Check(sent, world.Resource("compute#firewall", Collection, name, sent));
        rule["id"] = (string)old["id"]!;
        return world.Begin("global", "update", Collection, rule, finish: () =>
        {
            world.Add(Collection, rule);
            return null;
        });
    }

    private JsonObject Delete(string name)
    {
        var rule = world.Get(Collection, name);
        return world.Begin("global", "delete", Collection, rule, finish: () =>
        {
            world.Remove(Collection, name);
            return null;
        });
    }

    private JsonObject Check(JsonObject sent, JsonObject rule)
    {
        if (sent["allowed"] is JsonArray { Count: > 0 } == sent["denied"] is JsonArray { Count: > 0 })
        {
            throw GceError.Invalid("resource", "", "Exactly one of allowed and denied must be specified.");
        }

        foreach (var traffic in (sent["allowed"] ?? sent["denied"])!.AsArray())
        {
            if ((string?)traffic!["IPProtocol"] is not { Length: > 0 } protocol || (traffic["ports"] is not null && protocol is not ("tcp" or "udp" or "sctp")))
            {
                throw GceError.Invalid("resource.allowed[0].ports", (string?)traffic["IPProtocol"], "Ports may only be specified on rules whose protocol is one of [TCP, UDP, SCTP].");
            }
        }

        foreach (var tag in sent["targetTags"] as JsonArray ?? [])
        {
            GceFields.Name(new JsonObject { ["name"] = (string?)tag });
        }

        var network = world.Get("global/networks", GceFields.Last((string?)sent["network"] ?? "default"));
        rule["network"] = (string)network["selfLink"]!;
        rule["direction"] ??= "INGRESS";
        rule["priority"] ??= 1000;
        rule["disabled"] = false;
        rule["logConfig"] = new JsonObject { ["enable"] = false };
        return rule;
    }
}
