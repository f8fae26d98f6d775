using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>Virtual machines: made with all that is theirs, given and taken power, removed with what they say is to go with them.</summary>
internal sealed class ArmMachines(ArmStore store, ArmEmulatorOptions options, ArmCatalog catalog, ArmQuotas quotas, ArmNetworks networks)
{
    private const int MaxCustomData = 87_380;

    private readonly ArmMachineActions _actions = new(store, options, catalog, quotas, networks);

    public ArmAnswer Serve(ArmCall call)
    {
        var path = "/" + string.Join('/', call.Parts.Take(8));
        store.Find(path)?.Pending?.Look();
        var found = store.Find(path);
        return (call.Method, call.Parts.ElementAtOrDefault(8)?.ToLowerInvariant()) switch
        {
            ("PUT", null) => Put(call, path, found),
            ("GET", null) => new ArmAnswer(200, ArmMachineViews.Show(found ?? throw ArmErrorException.NotFound(path, call.Group!), call.Query.GetValueOrDefault("$expand") == "instanceView")),
            ("GET", "instanceview") => new ArmAnswer(200, ArmMachineViews.View(found ?? throw ArmErrorException.NotFound(path, call.Group!))),
            ("DELETE", null) => _actions.Delete(call, found),
            ("POST", { } verb) => _actions.Act(call, found ?? throw ArmErrorException.NotFound(path, call.Group!), verb),
            _ => throw new ArmErrorException(405, "MethodNotAllowed", "The method is not allowed."),
        };
    }

    public ArmAnswer ListAll(ArmCall call, ArmCommon common)
    {
        var statusOnly = call.Query.GetValueOrDefault("statusOnly") == "true";
        return common.List(call, store.Matching("/virtualMachines/"), machine => statusOnly ? ArmMachineViews.Status(machine) : ArmMachineViews.Show(machine, withView: false));
    }

    public ArmAnswer ReadConsole(ArmCall call)
    {
        var machine = store.Matching("/virtualMachines/").FirstOrDefault(resource => resource.Name == call.Parts[1]);
        return call.Query.GetValueOrDefault("sig") != "console" ? throw new ArmErrorException(403, "AuthenticationFailed", "Server failed to authenticate the request.")
            : machine?.Power?.State is null ? new ArmAnswer(404) { Text = "" }
            : new ArmAnswer(200) { Text = $"[    0.000000] Linux version 6.8.0-azure\r\ncloud-init: {machine.Name} is up\r\n" };
    }

    public void Evict(string name)
    {
        lock (store.Gate)
        {
            var machine = store.Matching("/virtualMachines/").First(resource => resource.Name == name);
            if (machine.Properties.Text("evictionPolicy") == "Delete")
            {
                _actions.Remove(machine);
            }
            else
            {
                machine.Power!.State = "deallocated";
                machine.Power.WasEvicted = true;
            }
        }
    }

    private static string FingerprintOf(JsonObject body) => string.Join(
        '|',
        new[]
        {
            body.Text("location"), body["zones"]?.ToJsonString(), body.At("properties", "osProfile")?.ToJsonString(), body.At("properties", "storageProfile", "imageReference")?.ToJsonString(),
            body.Text("properties", "priority"), body.At("properties", "networkProfile")?.ToJsonString(), body.At("properties", "storageProfile", "osDisk", "diskSizeGB")?.ToJsonString(),
        });

    private ArmAnswer Put(ArmCall call, string path, ArmResource? found)
    {
        var asked = call.Body;
        if (found is not null)
        {
            return Update(call, found, asked);
        }

        var size = Check(call, asked);
        var location = asked.Text("location")!;
        var isSpot = asked.Text("properties", "priority") == "Spot";
        quotas.Check(location, size, isSpot);
        var group = $"/subscriptions/{call.Parts[1]}/resourceGroups/{call.Group}";
        var body = Describe(asked, path, group);
        var machine = new ArmResource(path, body) { Power = new ArmPower { Fingerprint = FingerprintOf(asked) } };
        store.Put(machine);
        machine.Pending = store.Begin(
            options.Polls,
            () =>
            {
                machine.State = "Succeeded";
                machine.Power.State = "running";
            },
            (code, message) =>
            {
                machine.State = "Failed";
                machine.Power.Failure = (code, message);
            });
        if (call.Fault is { Kind: ArmFaultKind.FailOperation } fault)
        {
            machine.Pending.Failure = (fault.Code, fault.Message);
        }

        return new ArmAnswer(201, ArmMachineViews.Show(machine, withView: false)) { Operation = machine.Pending };
    }

    private static ArmAnswer Update(ArmCall call, ArmResource found, JsonObject asked)
    {
        if (found.State == "Deleting")
        {
            throw new ArmErrorException(409, "Conflict", $"The request failed due to conflict with a concurrent request: the VM '{found.Name}' is being deleted.");
        }

        if (found.Power!.Fingerprint != FingerprintOf(asked))
        {
            throw new ArmErrorException(409, "PropertyChangeNotAllowed", "Changing property 'osProfile' is not allowed.");
        }

        found.Body["tags"] = asked["tags"]?.DeepClone() ?? new JsonObject();
        found.Properties["hardwareProfile"] = asked.At("properties", "hardwareProfile")?.DeepClone();
        return new ArmAnswer(200, ArmMachineViews.Show(found, withView: false)) { Operation = found.Pending is { IsDone: false } pending ? pending : null };
    }

    private ArmSize Check(ArmCall call, JsonObject asked)
    {
        var name = asked.Text("properties", "hardwareProfile", "vmSize");
        var zone = (asked["zones"] as JsonArray)?[0]?.GetValue<string>();
        if (catalog.Find(name) is not { } size)
        {
            throw new ArmErrorException(400, "InvalidParameter", $"The value {name} provided for the VM size is not valid.");
        }

        if (size.IsClosed || (zone is not null && size.ClosedZones.Contains(zone, StringComparer.Ordinal)))
        {
            throw new ArmErrorException(409, "SkuNotAvailable", $"The requested VM size {name} is currently not available in location '{asked.Text("location")}'{(zone is null ? "" : $" zones '{zone}'")} for subscription '{call.Parts[1]}'. Please try another size or deploy to a different location or different zone. See https://aka.ms/azureskunotavailable for details.");
        }

        if (zone is not (null or "1" or "2" or "3"))
        {
            throw new ArmErrorException(400, "InvalidAvailabilityZone", $"The zone(s) '{zone}' for resource 'Microsoft.Compute/virtualMachines/{call.Parts[7]}' is not supported.");
        }

        CheckSystem(asked);
        CheckImage(asked, size);
        return size;
    }

    private static void CheckSystem(JsonObject asked)
    {
        var system = asked.At("properties", "osProfile");
        if (system.Text("computerName") is not { Length: > 0 and <= 64 } || system.Text("adminUsername") is not { Length: > 0 } user || user is "admin" or "root")
        {
            throw new ArmErrorException(400, "InvalidParameter", "The computer name or the Admin Username specified is not allowed.");
        }

        if (system.Text("customData") is { Length: > MaxCustomData })
        {
            throw new ArmErrorException(400, "InvalidParameter", "Custom data in OSProfile must be in Base64 encoding and with a maximum length of 87380 characters.");
        }

        if (system.At("linuxConfiguration", "ssh").Items("publicKeys").FirstOrDefault() is not { } key ? system.Text("adminPassword") is null : key.Text("path") != $"/home/{user}/.ssh/authorized_keys")
        {
            throw new ArmErrorException(400, "InvalidParameter", "Authentication using either SSH or by user name and password must be enabled in Linux profile, with the key at its default path.");
        }
    }

    private void CheckImage(JsonObject asked, ArmSize size)
    {
        var image = asked.At("properties", "storageProfile", "imageReference");
        if (image.Text("publisher") is not { } publisher)
        {
            return;
        }

        var name = $"{publisher}:{image.Text("offer")}:{image.Text("sku")}";
        if (!catalog.Images.TryGetValue(name, out var versions) || (image.Text("version") is { } version && version != "latest" && !versions.Contains(version, StringComparer.Ordinal)))
        {
            throw new ArmErrorException(404, "PlatformImageNotFound", $"The platform image '{name}:{image.Text("version")}' is not available. Verify that all fields in the storage profile are correct.");
        }

        if (name.Contains("arm64", StringComparison.Ordinal) != (size.Architecture == "Arm64"))
        {
            throw new ArmErrorException(400, "BadRequest", $"The selected VM size '{size.Name}' has CPU architecture '{size.Architecture}', which the image does not support.");
        }
    }

    private JsonObject Describe(JsonObject asked, string path, string group)
    {
        var location = asked.Text("location")!;
        var name = ArmText.LastOf(path);
        var properties = (JsonObject)asked["properties"]!.DeepClone();
        (properties["osProfile"] as JsonObject)?.Remove("customData");
        (properties["osProfile"] as JsonObject)?.Remove("adminPassword");
        var references = new JsonArray();
        foreach (var configuration in asked.At("properties", "networkProfile").Items("networkInterfaceConfigurations"))
        {
            var nic = networks.CreateInterface(group, location, path, configuration);
            references.Add(new JsonObject
            {
                ["id"] = nic.Id,
                ["properties"] = new JsonObject { ["primary"] = configuration.Is("properties", "primary"), ["deleteOption"] = configuration.Text("properties", "deleteOption") ?? "Detach" },
            });
        }

        foreach (var reference in asked.At("properties", "networkProfile").Items("networkInterfaces"))
        {
            var nic = store.Find(reference.Text("id")) ?? throw new ArmErrorException(400, "InvalidResourceReference", $"Resource {reference.Text("id")} referenced by resource {path} was not found.");
            nic.Properties["virtualMachine"] = new JsonObject { ["id"] = path };
            references.Add(reference.DeepClone());
        }

        properties["networkProfile"] = new JsonObject { ["networkInterfaces"] = references };
        var disk = ArmDisks.Boot(store, options, $"{group}/providers/Microsoft.Compute/disks/{name}_OsDisk_1_{store.NewId().Replace("-", "", StringComparison.Ordinal)}", path, asked, asked["tags"], asked["zones"]);
        var boot = (JsonObject)properties["storageProfile"]!["osDisk"]!;
        boot["osType"] = "Linux";
        boot["name"] = disk.Name;
        boot["caching"] ??= "ReadWrite";
        boot["deleteOption"] ??= "Detach";
        boot["diskSizeGB"] = disk.Properties.Number("diskSizeGB");
        boot["managedDisk"] = new JsonObject { ["id"] = disk.Id, ["storageAccountType"] = disk.Body.Text("sku", "name") };
        properties["storageProfile"]!["dataDisks"] = new JsonArray();
        properties["vmId"] = store.NewId();
        properties["timeCreated"] = ArmText.Time(options.Time.GetUtcNow());
        properties["provisioningState"] = "Creating";
        var body = new JsonObject
        {
            ["name"] = name,
            ["id"] = path,
            ["type"] = "Microsoft.Compute/virtualMachines",
            ["location"] = location,
            ["tags"] = asked["tags"]?.DeepClone() ?? new JsonObject(),
            ["properties"] = properties,
        };
        if (asked["zones"] is { } zones)
        {
            body["zones"] = zones.DeepClone();
        }

        return body;
    }
}
