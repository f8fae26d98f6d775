using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>Networks, security groups, interfaces and public addresses.</summary>
internal sealed class ArmNetworks(ArmStore store, ArmEmulatorOptions options)
{
    public ArmAnswer Serve(ArmCall call)
    {
        var path = "/" + string.Join('/', call.Parts.Take(8));
        var found = store.Find(path);
        found?.Pending?.Look();
        found = store.Find(path);
        if (call.Parts.Length > 8)
        {
            throw new ArmErrorException(404, "InvalidResourceType", "This part of a network is not emulated.");
        }

        return call.Method switch
        {
            "PUT" => Put(call, path, found),
            "GET" => new ArmAnswer(200, Show(call, found ?? throw ArmErrorException.NotFound(path, call.Group!))),
            "DELETE" => Delete(found),
            _ => throw new ArmErrorException(405, "MethodNotAllowed", "The method is not allowed."),
        };
    }

    /// <summary>Makes an interface, and its address, as a machine's document asks.</summary>
    public ArmResource CreateInterface(string group, string location, string machine, JsonObject configuration)
    {
        var path = $"{group}/providers/Microsoft.Network/networkInterfaces/{configuration.Text("name")}";
        var asked = configuration.Items("properties", "ipConfigurations").First();
        var subnet = asked.Text("properties", "subnet", "id");
        var network = subnet is null ? null : store.Find(subnet[..subnet.IndexOf("/subnets/", StringComparison.OrdinalIgnoreCase)]);
        if (network is null)
        {
            throw new ArmErrorException(400, "InvalidResourceReference", $"Resource {subnet} referenced by resource {path} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.");
        }

        var security = configuration.Text("properties", "networkSecurityGroup", "id");
        if (security is not null && store.Find(security) is null)
        {
            throw new ArmErrorException(400, "InvalidResourceReference", $"Resource {security} referenced by resource {path} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.");
        }

        var inside = new JsonObject
        {
            ["provisioningState"] = "Succeeded",
            ["privateIPAddress"] = store.NewAddress(RangeOf(network)),
            ["privateIPAllocationMethod"] = "Dynamic",
            ["privateIPAddressVersion"] = "IPv4",
            ["primary"] = true,
            ["subnet"] = new JsonObject { ["id"] = subnet },
        };
        if (asked.At("properties", "publicIPAddressConfiguration") is JsonObject wanted)
        {
            var address = $"{group}/providers/Microsoft.Network/publicIPAddresses/{wanted.Text("name")}";
            store.Put(new ArmResource(address, new JsonObject
            {
                ["id"] = address,
                ["name"] = wanted.Text("name"),
                ["type"] = "Microsoft.Network/publicIPAddresses",
                ["etag"] = NewTag(),
                ["location"] = location,
                ["sku"] = new JsonObject { ["name"] = "Standard", ["tier"] = "Regional" },
                ["properties"] = new JsonObject
                {
                    ["provisioningState"] = "Succeeded",
                    ["ipAddress"] = store.NewAddress(),
                    ["publicIPAllocationMethod"] = "Static",
                    ["publicIPAddressVersion"] = "IPv4",
                    ["deleteOption"] = wanted.Text("properties", "deleteOption"),
                    ["ipConfiguration"] = new JsonObject { ["id"] = $"{path}/ipConfigurations/{asked.Text("name")}" },
                },
            }));
            inside["publicIPAddress"] = new JsonObject { ["id"] = address };
        }

        var properties = new JsonObject
        {
            ["provisioningState"] = "Succeeded",
            ["resourceGuid"] = store.NewId(),
            ["macAddress"] = "00-0D-3A-11-22-33",
            ["primary"] = true,
            ["enableAcceleratedNetworking"] = false,
            ["enableIPForwarding"] = false,
            ["hostedWorkloads"] = new JsonArray(),
            ["nicType"] = "Standard",
            ["virtualMachine"] = new JsonObject { ["id"] = machine },
            ["ipConfigurations"] = new JsonArray(new JsonObject
            {
                ["id"] = $"{path}/ipConfigurations/{asked.Text("name")}",
                ["name"] = asked.Text("name"),
                ["etag"] = NewTag(),
                ["properties"] = inside,
            }),
        };
        if (security is not null)
        {
            properties["networkSecurityGroup"] = new JsonObject { ["id"] = security };
        }

        var resource = new ArmResource(path, new JsonObject
        {
            ["id"] = path,
            ["name"] = configuration.Text("name"),
            ["type"] = "Microsoft.Network/networkInterfaces",
            ["etag"] = NewTag(),
            ["location"] = location,
            ["properties"] = properties,
        });
        store.Put(resource);
        return resource;
    }

    /// <summary>Removes an interface with its machine; its address goes or stays as it says.</summary>
    public void RemoveInterface(string path)
    {
        if (store.Find(path) is { } found)
        {
            foreach (var configuration in found.Body.Items("properties", "ipConfigurations"))
            {
                if (store.Find(configuration.Text("properties", "publicIPAddress", "id")) is { } address)
                {
                    if (address.Properties.Text("deleteOption") == "Delete")
                    {
                        store.Remove(address.Id);
                    }
                    else
                    {
                        address.Properties.Remove("ipConfiguration");
                    }
                }
            }

            store.Remove(path);
        }
    }

    private static string RangeOf(ArmResource network) => ((JsonArray)network.Properties["addressSpace"]!["addressPrefixes"]!)[0]!.GetValue<string>();

    private string NewTag() => $"W/\"{store.NewId()}\"";

    private ArmAnswer Put(ArmCall call, string path, ArmResource? found)
    {
        var body = (JsonObject)call.Body.DeepClone();
        var type = call.Parts[6];
        if (found is not null && found.Body.Text("location") != body.Text("location"))
        {
            throw new ArmErrorException(409, "InvalidResourceLocation", $"The resource '{found.Name}' already exists in location '{found.Body.Text("location")}' in resource group '{call.Group}'. A resource with the same name cannot be created in location '{body.Text("location")}'.");
        }

        body["id"] = path;
        body["name"] = call.Parts[7];
        body["type"] = $"Microsoft.Network/{type}";
        body["etag"] = NewTag();
        var properties = body["properties"] as JsonObject ?? [];
        body["properties"] = properties;
        properties["provisioningState"] = "Updating";
        properties["resourceGuid"] = found?.Properties.Text("resourceGuid") ?? store.NewId();
        switch (type.ToLowerInvariant())
        {
            case "virtualnetworks":
                NameParts(properties, "subnets", path);
                break;
            case "networksecuritygroups":
                CheckRules(properties);
                NameParts(properties, "securityRules", path);
                break;
            case "publicipaddresses":
                properties["ipAddress"] = found?.Properties.Text("ipAddress") ?? store.NewAddress();
                properties["publicIPAddressVersion"] ??= "IPv4";
                break;
            default:
                ChangeInterface(path, properties, found);
                break;
        }

        var resource = new ArmResource(path, body);
        store.Put(resource);
        resource.Pending = store.Begin(options.NetworkPolls, () => resource.State = "Succeeded");
        return new ArmAnswer(found is null ? 201 : 200, body.DeepClone()) { Operation = resource.Pending };
    }

    /// <summary>Gives the parts of a network their ids.</summary>
    private void NameParts(JsonObject properties, string list, string path)
    {
        foreach (var part in properties.Items(list))
        {
            part["id"] = $"{path}/{list}/{part.Text("name")}";
            part["etag"] = NewTag();
            part["properties"]!["provisioningState"] = "Succeeded";
        }
    }

    private static void CheckRules(JsonObject properties)
    {
        var rules = properties.Items("securityRules").ToList();
        if (rules.Select(rule => rule.Number("properties", "priority")).Distinct().Count() != rules.Count)
        {
            throw new ArmErrorException(400, "SecurityRuleConflict", "Security rules conflict with each other. Rules cannot have the same Priority and Direction.");
        }

        foreach (var rule in rules)
        {
            if (rule.Number("properties", "priority") is not (>= 100 and <= 4096) || rule.Text("properties", "destinationPortRange") is null || rule.Text("properties", "sourceAddressPrefix") is null)
            {
                throw new ArmErrorException(400, "SecurityRuleInvalidPriority", $"Security rule {rule.Text("name")} is incomplete or its priority is out of range 100 to 4096.");
            }
        }
    }

    private void ChangeInterface(string path, JsonObject properties, ArmResource? found)
    {
        // What only the service sets stays as it was.
        if (found is not null)
        {
            foreach (var name in new[] { "virtualMachine", "macAddress", "primary", "hostedWorkloads" })
            {
                if (found.Properties[name] is { } kept)
                {
                    properties[name] = kept.DeepClone();
                }
            }
        }

        foreach (var configuration in properties.Items("ipConfigurations"))
        {
            var inside = (JsonObject)configuration["properties"]!;
            inside["provisioningState"] = "Succeeded";
            inside["privateIPAddress"] ??= store.NewAddress("10.0.0.0/24");
            configuration["id"] = $"{path}/ipConfigurations/{configuration.Text("name")}";
            configuration["etag"] = NewTag();
            var wanted = inside.Text("publicIPAddress", "id");
            if (wanted is not null && store.Find(wanted) is null)
            {
                throw new ArmErrorException(400, "InvalidResourceReference", $"Resource {wanted} referenced by resource {path} was not found.");
            }

            foreach (var address in store.Matching("/publicIPAddresses/").ToList())
            {
                var here = address.Properties.Text("ipConfiguration", "id")?.Equals(configuration.Text("id"), StringComparison.OrdinalIgnoreCase) == true;
                if (address.Id.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                {
                    if (address.Properties["ipConfiguration"] is not null && !here)
                    {
                        throw new ArmErrorException(400, "PublicIPAddressInUse", $"Resource {path} is referencing public IP address {wanted} that is already allocated to resource {address.Properties.Text("ipConfiguration", "id")}.");
                    }

                    address.Properties["ipConfiguration"] = new JsonObject { ["id"] = configuration.Text("id") };
                }
                else if (here)
                {
                    address.Properties.Remove("ipConfiguration");
                }
            }
        }
    }

    private JsonNode Show(ArmCall call, ArmResource resource)
    {
        var shown = resource.Body.DeepClone();
        if (call.Query.GetValueOrDefault("$expand") == "ipConfigurations/publicIPAddress")
        {
            foreach (var configuration in shown.Items("properties", "ipConfigurations"))
            {
                if (store.Find(configuration.Text("properties", "publicIPAddress", "id")) is { } address)
                {
                    configuration["properties"]!["publicIPAddress"] = address.Body.DeepClone();
                }
            }
        }

        return shown;
    }

    private ArmAnswer Delete(ArmResource? found)
    {
        if (found is null)
        {
            return new ArmAnswer(204);
        }

        var interfaces = store.Matching("/networkInterfaces/").ToList();
        if (found.Properties["virtualMachine"] is not null)
        {
            throw new ArmErrorException(400, "NicInUse", $"Network Interface {found.Id} is used by existing resource {found.Properties.Text("virtualMachine", "id")}.");
        }

        if (found.Properties["ipConfiguration"] is not null)
        {
            throw new ArmErrorException(400, "PublicIPAddressCannotBeDeleted", $"Public IP address {found.Id} can not be deleted since it is still allocated to resource {found.Properties.Text("ipConfiguration", "id")}.");
        }

        if (interfaces.Exists(nic => found.Id.Equals(nic.Properties.Text("networkSecurityGroup", "id"), StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArmErrorException(400, "InUseNetworkSecurityGroupCannotBeDeleted", $"Network security group {found.Id} cannot be deleted because it is in use by network interfaces.");
        }

        if (found.Id.Contains("/virtualNetworks/", StringComparison.OrdinalIgnoreCase) &&
            interfaces.Exists(nic => nic.Body.Items("properties", "ipConfigurations").Any(item => item.Text("properties", "subnet", "id")?.StartsWith(found.Id + "/", StringComparison.OrdinalIgnoreCase) == true)))
        {
            throw new ArmErrorException(400, "InUseSubnetCannotBeDeleted", "Subnet default is in use and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet.");
        }

        if (found.Id.Contains("/networkInterfaces/", StringComparison.OrdinalIgnoreCase))
        {
            RemoveInterface(found.Id);
        }

        found.State = "Deleting";
        found.Pending = store.Begin(options.NetworkPolls, () => store.Remove(found.Id));
        return new ArmAnswer(202) { Operation = found.Pending, HasLocation = true };
    }
}
