using System.Globalization;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>Lists, resource groups and SSH keys.</summary>
internal sealed class ArmCommon(ArmStore store, ArmEmulatorOptions options)
{
    /// <summary>A page of a list, with the link to the next.</summary>
    public ArmAnswer List(ArmCall call, IEnumerable<ArmResource> resources, Func<ArmResource, JsonNode>? show = null)
    {
        var skip = int.Parse(call.Query.GetValueOrDefault("$skiptoken", "0"), CultureInfo.InvariantCulture);
        var all = resources.OrderBy(resource => resource.Id, StringComparer.Ordinal).ToList();
        var page = new JsonArray();
        foreach (var resource in all.Skip(skip).Take(options.PageSize))
        {
            resource.Pending?.Look();
            page.Add(show?.Invoke(resource) ?? resource.Body.DeepClone());
        }

        var list = new JsonObject { ["value"] = page };
        if (all.Count > skip + options.PageSize)
        {
            var others = string.Join('&', call.Query.Where(pair => pair.Key != "$skiptoken").Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
            list["nextLink"] = string.Create(CultureInfo.InvariantCulture, $"{call.Origin}{call.Path}?{others}&$skiptoken={skip + options.PageSize}");
        }

        return new ArmAnswer(200, list);
    }

    public ArmAnswer ServeGroup(ArmCall call)
    {
        var path = $"/subscriptions/{call.Parts[1]}/resourceGroups/{call.Group}";
        var found = store.Find(path);
        switch (call.Method)
        {
            case "PUT":
                if (found is not null && found.Body.Text("location") != call.Body.Text("location"))
                {
                    throw new ArmErrorException(409, "InvalidResourceGroupLocation", $"Invalid resource group location '{call.Body.Text("location")}'. The Resource group already exists in location '{found.Body.Text("location")}'.");
                }

                var body = new JsonObject
                {
                    ["id"] = path,
                    ["name"] = call.Group,
                    ["type"] = "Microsoft.Resources/resourceGroups",
                    ["location"] = call.Body.Text("location"),
                    ["tags"] = call.Body["tags"]?.DeepClone() ?? new JsonObject(),
                    ["properties"] = new JsonObject { ["provisioningState"] = "Succeeded" },
                };
                store.Put(new ArmResource(path, body));
                return new ArmAnswer(found is null ? 201 : 200, body.DeepClone());
            case "GET":
                return new ArmAnswer(200, (found ?? throw new ArmErrorException(404, "ResourceGroupNotFound", $"Resource group '{call.Group}' could not be found.")).Body.DeepClone());
            default:
                throw new ArmErrorException(405, "MethodNotAllowed", "The method is not allowed.");
        }
    }

    public ArmAnswer ServeKey(ArmCall call)
    {
        var found = store.Find(call.Path);
        switch (call.Method)
        {
            case "PUT":
                if (call.Body.Text("properties", "publicKey") is not { } key || !(key.StartsWith("ssh-rsa ", StringComparison.Ordinal) || key.StartsWith("ssh-ed25519 ", StringComparison.Ordinal)))
                {
                    throw new ArmErrorException(400, "SshPublicKeyInvalid", "The public key is not a valid OpenSSH key.");
                }

                var body = new JsonObject
                {
                    ["id"] = call.Path,
                    ["name"] = call.Parts[^1],
                    ["type"] = "Microsoft.Compute/sshPublicKeys",
                    ["location"] = call.Body.Text("location"),
                    ["tags"] = call.Body["tags"]?.DeepClone() ?? new JsonObject(),
                    ["properties"] = new JsonObject { ["publicKey"] = key },
                };
                store.Put(new ArmResource(call.Path, body));
                return new ArmAnswer(found is null ? 201 : 200, body.DeepClone());
            case "GET":
                return new ArmAnswer(200, (found ?? throw ArmErrorException.NotFound(call.Path, call.Group!)).Body.DeepClone());
            case "DELETE":
                store.Remove(call.Path);
                return new ArmAnswer(found is null ? 204 : 200);
            default:
                throw new ArmErrorException(405, "MethodNotAllowed", "The method is not allowed.");
        }
    }
}
