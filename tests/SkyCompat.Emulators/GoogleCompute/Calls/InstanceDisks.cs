using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>The disks that an instance is made with.</summary>
internal sealed class InstanceDisks(GceWorld world)
{
    public IReadOnlyList<JsonObject> Make(JsonObject instance, string zone, GceMachine machine)
    {
        var attached = instance["disks"] as JsonArray ?? [];
        if (attached.Count == 0 || attached.Count(disk => (bool?)disk!["boot"] == true) != 1)
        {
            throw GceError.Invalid("resource.disks", "", "Boot disk must be specified.");
        }

        var made = new List<JsonObject>();
        foreach (var (index, node) in attached.Index())
        {
            var disk = (JsonObject)node!;
            var name = index == 0 ? (string)instance["name"]! : $"{instance["name"]}-{index}";
            if (disk["initializeParams"] is JsonObject parameters)
            {
                made.Add(MakeDisk(zone, name, parameters, machine));
                disk["source"] = world.Link($"zones/{zone}/disks/{name}");
                disk.Remove("initializeParams");
            }

            disk["kind"] = "compute#attachedDisk";
            disk["type"] = "PERSISTENT";
            disk["mode"] = "READ_WRITE";
            disk["index"] = index;
            disk["deviceName"] ??= $"persistent-disk-{index}";
            disk["interface"] = "SCSI";
        }

        foreach (var disk in made)
        {
            disk["users"] = new JsonArray((string)instance["selfLink"]!);
            world.Add($"zones/{zone}/disks", disk);
        }

        return made;
    }

    private JsonObject MakeDisk(string zone, string name, JsonObject parameters, GceMachine machine)
    {
        GceFields.Labels(parameters["labels"]);
        var source = (string?)parameters["sourceImage"] ?? throw GceError.Invalid("resource.disks[0].initializeParams.sourceImage", "", "The source is missing.");
        var image = FindImage(source) ?? throw GceError.NotFound(source);
        if (machine.Architecture is { } architecture && architecture != (string?)image["architecture"])
        {
            throw GceError.Invalid("resource.disks[0]", source, $"Requested boot disk architecture ({image["architecture"]}) is not compatible with machine type architecture ({architecture}).");
        }

        var size = (string?)parameters["diskSizeGb"] ?? (string)image["diskSizeGb"]!;
        if (int.Parse(size) < int.Parse((string)image["diskSizeGb"]!))
        {
            throw GceError.Invalid("resource.disks[0].initializeParams.diskSizeGb", size, $"Requested disk size cannot be smaller than the image size ({image["diskSizeGb"]} GB)");
        }

        var type = GceFields.Last((string?)parameters["diskType"] ?? "pd-standard");
        if (machine.Name.StartsWith("c4", StringComparison.Ordinal) == type.StartsWith("pd-", StringComparison.Ordinal))
        {
            throw GceError.Invalid("resource.disks[0].initializeParams.diskType", type, $"{type} disk type cannot be used by {machine.Name} machine type.");
        }

        var disk = world.Resource("compute#disk", $"zones/{zone}/disks", name);
        disk["sizeGb"] = size;
        disk["zone"] = world.Link($"zones/{zone}");
        disk["type"] = world.Link($"zones/{zone}/diskTypes/{type}");
        disk["status"] = "CREATING";
        disk["sourceImage"] = (string)image["selfLink"]!;
        if (parameters["labels"] is { } labels)
        {
            disk["labels"] = labels.DeepClone();
        }

        disk["labelFingerprint"] = GceWorld.Fingerprint(disk["labels"]);
        return disk;
    }

    private static JsonObject? FindImage(string source)
    {
        var isFamily = source.Contains("/images/family/", StringComparison.Ordinal);
        var parts = source.Split('/');
        var project = parts[Array.IndexOf(parts, "projects") + 1];
        var found = GceCatalog.Images.FirstOrDefault(image => image.Project == project && (isFamily ? image.Family : image.Name) == parts[^1]);
        return found.Name is null ? null : GceCatalog.Image(found);
    }
}
