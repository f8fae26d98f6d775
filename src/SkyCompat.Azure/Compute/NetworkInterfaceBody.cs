using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkyCompat.Azure;

/// <summary>A network interface, written back with another public address: all that others set stays, what only Azure may set goes.</summary>
internal static class NetworkInterfaceBody
{
    private static readonly string[] OfResource = ["id", "name", "type", "etag"];

    private static readonly string[] OfProperties =
    [
        "provisioningState", "resourceGuid", "virtualMachine", "macAddress", "primary", "vnetEncryptionSupported", "hostedWorkloads", "dscpConfiguration", "privateEndpoint", "tapConfigurations",
        "defaultOutboundConnectivityEnabled",
    ];

    private static readonly string[] OfConfiguration = ["provisioningState", "privateLinkConnectionProperties"];

    /// <summary>Makes the document.</summary>
    /// <param name="found">The interface as it is.</param>
    /// <param name="address">The address's full id.</param>
    /// <param name="isAttached">Whether it is to lead to the interface.</param>
    /// <returns>The document; null if it is so already.</returns>
    public static JsonObject? Change(JsonElement found, string address, bool isAttached)
    {
        var body = JsonObject.Create(found)!.DeepClone().AsObject();
        Remove(body, OfResource);
        var properties = body["properties"]!.AsObject();
        Remove(properties, OfProperties);
        KeepId(properties, "networkSecurityGroup");
        JsonObject? first = null;
        foreach (var item in properties["ipConfigurations"]?.AsArray() ?? [])
        {
            var configuration = item!.AsObject();
            Remove(configuration, "etag", "type", "id");
            var inside = configuration["properties"]!.AsObject();
            Remove(inside, OfConfiguration);
            KeepId(inside, "subnet");
            KeepId(inside, "publicIPAddress");
            first ??= inside;
        }

        var present = first?["publicIPAddress"]?["id"]?.GetValue<string>();
        var isPresent = address.Equals(present, StringComparison.OrdinalIgnoreCase);
        if (first is null || isPresent == isAttached)
        {
            return null;
        }

        if (isAttached)
        {
            first["publicIPAddress"] = ArmJson.Reference(address);
        }
        else
        {
            first.Remove("publicIPAddress");
        }

        return body;
    }

    private static void KeepId(JsonObject parent, string name)
    {
        if (parent[name]?["id"]?.GetValue<string>() is { } id)
        {
            parent[name] = ArmJson.Reference(id);
        }
    }

    private static void Remove(JsonObject parent, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            parent.Remove(name);
        }
    }
}
