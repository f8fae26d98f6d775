using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>Managed disks and snapshots.</summary>
internal sealed class ArmDisks(ArmStore store, ArmEmulatorOptions options)
{
    public ArmAnswer Serve(ArmCall call)
    {
        var found = store.Find(call.Path);
        found?.Pending?.Look();
        found = store.Find(call.Path);
        return call.Method switch
        {
            "PUT" => Put(call, found),
            "GET" => new ArmAnswer(200, (found ?? throw ArmErrorException.NotFound(call.Path, call.Group!)).Body.DeepClone()),
            "DELETE" => Delete(found),
            _ => throw new ArmErrorException(405, "MethodNotAllowed", "The method is not allowed."),
        };
    }

    /// <summary>The disk that a machine starts from.</summary>
    public static ArmResource Boot(ArmStore store, ArmEmulatorOptions options, string path, string machine, JsonObject asked, JsonNode? tags, JsonNode? zones)
    {
        var body = new JsonObject
        {
            ["id"] = path,
            ["name"] = ArmText.LastOf(path),
            ["type"] = "Microsoft.Compute/disks",
            ["location"] = asked.Text("location"),
            ["tags"] = tags?.DeepClone() ?? new JsonObject(),
            ["managedBy"] = machine,
            ["sku"] = new JsonObject { ["name"] = asked.Text("properties", "storageProfile", "osDisk", "managedDisk", "storageAccountType") ?? "Premium_LRS", ["tier"] = "Standard" },
            ["properties"] = new JsonObject
            {
                ["osType"] = "Linux",
                ["creationData"] = new JsonObject { ["createOption"] = "FromImage" },
                ["diskSizeGB"] = asked.Number("properties", "storageProfile", "osDisk", "diskSizeGB") ?? 30,
                ["diskState"] = "Attached",
                ["provisioningState"] = "Succeeded",
                ["timeCreated"] = ArmText.Time(options.Time.GetUtcNow()),
            },
        };
        if (zones is not null)
        {
            body["zones"] = zones.DeepClone();
        }

        var disk = new ArmResource(path, body);
        store.Put(disk);
        return disk;
    }

    private ArmAnswer Put(ArmCall call, ArmResource? found)
    {
        var isDisk = call.Path.Contains("/disks/", StringComparison.OrdinalIgnoreCase);
        var source = call.Body.Text("properties", "creationData", "sourceResourceId");
        if (source is not null && store.Find(source) is null)
        {
            throw new ArmErrorException(404, "NotFound", $"The source resource '{source}' was not found.");
        }

        if (found is not null)
        {
            return new ArmAnswer(200, found.Body.DeepClone());
        }

        var body = (JsonObject)call.Body.DeepClone();
        body["id"] = call.Path;
        body["name"] = call.Parts[^1];
        body["type"] = isDisk ? "Microsoft.Compute/disks" : "Microsoft.Compute/snapshots";
        var properties = (JsonObject)body["properties"]!;
        properties["timeCreated"] = ArmText.Time(options.Time.GetUtcNow());
        properties["provisioningState"] = "Updating";
        properties["diskState"] = "Unattached";
        properties["diskSizeGB"] ??= store.Find(source)?.Body.Number("properties", "diskSizeGB") ?? 4;
        if (!isDisk)
        {
            properties["completionPercent"] = 0;
        }

        var resource = new ArmResource(call.Path, body);
        store.Put(resource);
        resource.Pending = store.Begin(options.Polls, () =>
        {
            resource.State = "Succeeded";
            if (!isDisk)
            {
                properties["completionPercent"] = 100;
            }
        });
        return new ArmAnswer(202, body.DeepClone()) { Operation = resource.Pending, HasLocation = true };
    }

    private ArmAnswer Delete(ArmResource? found)
    {
        if (found is null)
        {
            return new ArmAnswer(204);
        }

        if (found.Body.Text("managedBy") is { } machine)
        {
            throw new ArmErrorException(409, "OperationNotAllowed", $"Disk {found.Name} is attached to VM {machine}.");
        }

        store.Remove(found.Id);
        return new ArmAnswer(202) { Operation = store.Begin(0, () => { }), HasLocation = true };
    }
}
