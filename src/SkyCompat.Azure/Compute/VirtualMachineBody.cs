using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>The one document that a machine is made from: its disk, interface and address are made with it and are deleted with it, so nothing is left behind.</summary>
internal static class VirtualMachineBody
{
    /// <summary>The entry of <see cref="LaunchRequest.Prepared"/> with the subnet's full id.</summary>
    public const string Subnet = "subnet";

    // The version of the network's interface that the compute service itself uses; it knows this one only.
    private const string InnerNetworkVersion = "2020-11-01";
    private const string BootDiskType = "StandardSSD_LRS";

    public static JsonObject Create(LaunchRequest request, string name, string region)
    {
        var body = new JsonObject { ["location"] = region, ["tags"] = ArmJson.Write(request.Tags) };
        if (request.Offer.Location.Zone is { } zone)
        {
            body["zones"] = new JsonArray(zone);
        }

        var properties = new JsonObject
        {
            ["hardwareProfile"] = new JsonObject { ["vmSize"] = request.Offer.InstanceType },
            ["storageProfile"] = Storage(request),
            ["osProfile"] = System(request.Spec, name),
            ["networkProfile"] = Network(request, name),
            ["diagnosticsProfile"] = new JsonObject { ["bootDiagnostics"] = new JsonObject { ["enabled"] = true } },
        };
        if (request.Prepared.ContainsKey(Hibernation.Prepared))
        {
            properties["additionalCapabilities"] = new JsonObject { ["hibernationEnabled"] = true };
        }

        if (request.Offer.Market == Market.Spot)
        {
            properties["priority"] = "Spot";
            properties["evictionPolicy"] = request.Spec.SpotInterruption == SpotInterruption.Stop ? "Deallocate" : "Delete";
            // No limit of its own: up to the price on demand, so that only a shortage ends it.
            properties["billingProfile"] = new JsonObject { ["maxPrice"] = -1 };
        }

        body["properties"] = properties;
        return body;
    }

    private static JsonObject Storage(LaunchRequest request)
    {
        var disk = new JsonObject
        {
            ["createOption"] = "FromImage",
            ["deleteOption"] = "Delete",
            ["managedDisk"] = new JsonObject { ["storageAccountType"] = BootDiskType },
        };
        if (request.Spec.BootDiskGiB is { } size)
        {
            disk["diskSizeGB"] = size;
        }

        return new JsonObject { ["imageReference"] = ImageUrn.WriteReference(request.Image.Id), ["osDisk"] = disk };
    }

    private static JsonObject System(LaunchSpec spec, string name)
    {
        var system = new JsonObject
        {
            ["computerName"] = name,
            ["adminUsername"] = spec.AdminUser,
            ["linuxConfiguration"] = new JsonObject
            {
                ["disablePasswordAuthentication"] = true,
                ["ssh"] = new JsonObject
                {
                    ["publicKeys"] = new JsonArray(new JsonObject
                    {
                        ["path"] = string.Create(CultureInfo.InvariantCulture, $"/home/{spec.AdminUser}/.ssh/authorized_keys"),
                        ["keyData"] = spec.SshPublicKey ?? NobodysKey.Line,
                    }),
                },
            },
        };
        if (spec.UserData is { Length: > 0 } data)
        {
            system["customData"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(data));
        }

        return system;
    }

    private static JsonObject Network(LaunchRequest request, string name)
    {
        var owner = OwnerMark.Of(request.SharedTags.GetValueOrDefault(ComputeTags.Owner, ""));
        var address = new JsonObject { ["primary"] = true, ["subnet"] = ArmJson.Reference(request.Prepared[Subnet]) };
        if (request.Spec.PublicAddress)
        {
            address["publicIPAddressConfiguration"] = new JsonObject
            {
                ["name"] = $"{name}-ip{owner}",
                ["properties"] = new JsonObject { ["deleteOption"] = "Delete", ["publicIPAllocationMethod"] = "Static" },
                ["sku"] = new JsonObject { ["name"] = "Standard", ["tier"] = "Regional" },
            };
        }

        var properties = new JsonObject
        {
            ["primary"] = true,
            ["deleteOption"] = "Delete",
            ["ipConfigurations"] = new JsonArray(new JsonObject { ["name"] = "primary", ["properties"] = address }),
        };
        if (request.FirewallGroupId is { } firewall)
        {
            properties["networkSecurityGroup"] = ArmJson.Reference(firewall);
        }

        return new JsonObject
        {
            ["networkApiVersion"] = InnerNetworkVersion,
            ["networkInterfaceConfigurations"] = new JsonArray(new JsonObject { ["name"] = $"{name}-nic{owner}", ["properties"] = properties }),
        };
    }
}
