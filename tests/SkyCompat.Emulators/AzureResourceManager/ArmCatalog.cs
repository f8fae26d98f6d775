using System.Globalization;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>What is sold: sizes, their prices, and images.</summary>
public sealed class ArmCatalog
{
    private const decimal SpotShare = 0.2m;

    /// <summary>The sizes; tests may add some.</summary>
    public List<ArmSize> Sizes { get; } =
    [
        new("Standard_B2s", "standardBSFamily", 2, 4, 0.0416m) { HasSpot = false },
        new("Standard_D2s_v5", "standardDSv5Family", 2, 8, 0.115m) { CanHibernate = true },
        new("Standard_D4s_v5", "standardDSv5Family", 4, 16, 0.23m) { CanHibernate = true },
        new("Standard_D8s_v5", "standardDSv5Family", 8, 32, 0.46m) { ClosedZones = ["3"] },
        new("Standard_D4ps_v5", "standardDPSv5Family", 4, 16, 0.184m) { Architecture = "Arm64", Generations = "V2" },
        new("Standard_E4s_v5", "standardESv5Family", 4, 32, 0.304m),
        new("Standard_NC4as_T4_v3", "Standard NCASv3_T4 Family", 4, 28, 0.632m) { Gpus = 1 },
        new("Standard_A2", "standardA0_A7Family", 2, 3.5, 0.12m) { Generations = "V1" },
        new("Standard_F4s_v2", "standardFSv2Family", 4, 8, 0.194m) { IsClosed = true },
    ];

    /// <summary>The versions of marketplace images, by <c>publisher:offer:sku</c>.</summary>
    public Dictionary<string, List<string>> Images { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Canonical:ubuntu-24_04-lts:server"] = ["24.04.202404230", "24.04.202409120"],
        ["Canonical:ubuntu-24_04-lts:server-arm64"] = ["24.04.202409120"],
        ["Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2"] = ["22.04.202408010"],
        ["Canonical:0001-com-ubuntu-server-jammy:22_04-lts-arm64"] = ["22.04.202408010"],
        ["Debian:debian-12:12-gen2"] = ["0.20240717.1811"],
        ["Debian:debian-12:12-arm64"] = ["0.20240717.1811"],
        ["Debian:debian-11:11-gen2"] = ["0.20240703.1797"],
    };

    public ArmSize? Find(string? name) => Sizes.Find(size => size.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    internal JsonArray ListSkus(string location)
    {
        var skus = new JsonArray
        {
            new JsonObject
            {
                ["resourceType"] = "disks", ["name"] = "Premium_LRS", ["tier"] = "Premium", ["size"] = "P10", ["locations"] = new JsonArray(location),
                ["locationInfo"] = new JsonArray(new JsonObject { ["location"] = location, ["zones"] = new JsonArray("1", "2", "3"), ["zoneDetails"] = new JsonArray() }),
                ["capabilities"] = new JsonArray(), ["restrictions"] = new JsonArray(),
            },
        };
        foreach (var size in Sizes)
        {
            skus.Add(Sku(size, location));
        }

        return skus;
    }

    internal JsonArray ListPrices(string filter)
    {
        var region = filter.Split("armRegionName eq '")[^1].Split('\'')[0];
        var prices = new JsonArray();
        foreach (var size in Sizes.Where(size => filter.Contains($"'{size.Name}'", StringComparison.Ordinal) || !filter.Contains("armSkuName", StringComparison.Ordinal)))
        {
            prices.Add(Price(size, region, size.Price, "", "Consumption", "Series"));
            prices.Add(Price(size, region, decimal.Round(size.Price * SpotShare, 6), " Spot", "Consumption", "Series"));
            prices.Add(Price(size, region, decimal.Round(size.Price * 0.15m, 6), " Low Priority", "Consumption", "Series"));
            prices.Add(Price(size, region, size.Price * 1.8m, "", "Consumption", "Series Windows"));
        }

        return prices;
    }

    private static JsonObject Sku(ArmSize size, string location)
    {
        var capabilities = new JsonArray();
        foreach (var (name, value) in new[]
        {
            ("MaxResourceVolumeMB", "0"), ("OSVhdSizeMB", "1047552"), ("vCPUs", Text(size.Cores)), ("HyperVGenerations", size.Generations), ("MemoryGB", size.MemoryGb.ToString(CultureInfo.InvariantCulture)),
            ("MaxDataDiskCount", "8"), ("CpuArchitectureType", size.Architecture), ("LowPriorityCapable", size.HasSpot.ToString()), ("PremiumIO", "True"), ("vCPUsAvailable", Text(size.Cores)),
            ("HibernationSupported", size.CanHibernate.ToString()), ("EncryptionAtHostSupported", "True"),
        })
        {
            capabilities.Add(new JsonObject { ["name"] = name, ["value"] = value });
        }

        if (size.Gpus > 0)
        {
            capabilities.Add(new JsonObject { ["name"] = "GPUs", ["value"] = Text(size.Gpus) });
        }

        var restrictions = new JsonArray();
        if (size.IsClosed)
        {
            restrictions.Add(Restriction("Location", location, location, []));
        }

        if (size.ClosedZones.Count > 0)
        {
            restrictions.Add(Restriction("Zone", location, location, size.ClosedZones));
        }

        return new JsonObject
        {
            ["resourceType"] = "virtualMachines",
            ["name"] = size.Name,
            ["tier"] = "Standard",
            ["size"] = size.Name["Standard_".Length..],
            ["family"] = size.Family,
            ["locations"] = new JsonArray(location),
            ["locationInfo"] = new JsonArray(new JsonObject { ["location"] = location, ["zones"] = new JsonArray("3", "1", "2"), ["zoneDetails"] = new JsonArray() }),
            ["capabilities"] = capabilities,
            ["restrictions"] = restrictions,
        };
    }

    private static JsonObject Restriction(string type, string value, string location, IReadOnlyList<string> zones) => new()
    {
        ["type"] = type,
        ["values"] = new JsonArray(value),
        ["restrictionInfo"] = new JsonObject { ["locations"] = new JsonArray(location), ["zones"] = new JsonArray([.. zones.Select(zone => (JsonNode)zone)]) },
        ["reasonCode"] = "NotAvailableForSubscription",
    };

    private static JsonObject Price(ArmSize size, string region, decimal price, string meter, string type, string product) => new()
    {
        ["currencyCode"] = "USD",
        ["tierMinimumUnits"] = 0.0,
        ["retailPrice"] = price,
        ["unitPrice"] = price,
        ["armRegionName"] = region,
        ["location"] = "EU West",
        ["effectiveStartDate"] = "2024-03-01T00:00:00Z",
        ["meterId"] = "000a794b-bdb0-58be-a0cd-0c3a0f222923",
        ["meterName"] = $"{size.Name["Standard_".Length..].Replace('_', ' ')}{meter}",
        ["productId"] = "DZH318Z0BQPS",
        ["skuId"] = "DZH318Z0BQPS/00TG",
        ["productName"] = $"Virtual Machines {product}",
        ["skuName"] = $"{size.Name}{meter}",
        ["serviceName"] = "Virtual Machines",
        ["serviceId"] = "DZH313Z7MMC8",
        ["serviceFamily"] = "Compute",
        ["unitOfMeasure"] = "1 Hour",
        ["type"] = type,
        ["isPrimaryMeterRegion"] = true,
        ["armSkuName"] = size.Name,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
