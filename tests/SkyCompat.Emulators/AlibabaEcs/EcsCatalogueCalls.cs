using System.Globalization;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Types, stock, prices and images.</summary>
internal sealed class EcsCatalogueCalls(EcsState state, EcsEmulatorOptions options)
{
    private const decimal SpotShare = 0.25m;
    private const decimal DiskPrice = 0.005m;

    public JsonObject Types(EcsCall call)
    {
        var wanted = call.List("InstanceTypes");
        var found = EcsType.All.Where(type => wanted.Count == 0 || wanted.Contains(type.Id, StringComparer.Ordinal))
            .Where(type => type.Cores >= (call.Number("MinimumCpuCoreCount") ?? 0) && type.Cores <= (call.Number("MaximumCpuCoreCount") ?? int.MaxValue))
            .Where(type => type.Memory >= (call.Fraction("MinimumMemorySize") ?? 0) && type.Memory <= (call.Fraction("MaximumMemorySize") ?? double.MaxValue))
            .Where(type => type.Gpus >= (call.Number("MinimumGPUAmount") ?? 0) && type.Gpus <= (call.Number("MaximumGPUAmount") ?? int.MaxValue))
            .Where(type => call.Fits("CpuArchitecture", type.Architecture)).ToList();
        return EcsJson.TokenPage(call, options, "InstanceTypes", "InstanceType", found, type => new JsonObject
        {
            ["InstanceTypeId"] = type.Id,
            ["InstanceTypeFamily"] = type.Family,
            ["CpuCoreCount"] = type.Cores,
            ["MemorySize"] = type.Memory,
            ["CpuArchitecture"] = type.Architecture,
            ["GPUAmount"] = type.Gpus,
            ["GPUSpec"] = type.GpuSpec,
            ["InstanceFamilyLevel"] = "EnterpriseLevel",
            ["EniQuantity"] = 3,
            ["InstanceBandwidthRx"] = 2048000,
        });
    }

    public JsonObject Available(EcsCall call)
    {
        if (call.Need("DestinationResource") != "InstanceType")
        {
            throw EcsErrorException.Invalid("DestinationResource");
        }

        var spot = call.Text("SpotStrategy") ?? "NoSpot";
        var zones = EcsState.Zones[call.Region].Where(zone => call.Fits("ZoneId", zone) && !state.ClosedZones.Contains(zone));
        return new JsonObject
        {
            ["AvailableZones"] = EcsJson.List("AvailableZone", zones.Select(zone => (JsonNode)new JsonObject
            {
                ["RegionId"] = call.Region,
                ["ZoneId"] = zone,
                ["Status"] = "Available",
                ["StatusCategory"] = "WithStock",
                ["AvailableResources"] = EcsJson.List("AvailableResource",
                [
                    new JsonObject
                    {
                        ["Type"] = "InstanceType",
                        ["SupportedResources"] = EcsJson.List("SupportedResource", EcsType.All.Where(type => call.Fits("InstanceType", type.Id) && !state.IsNotSold(zone, type.Id)).Select(type => Stock(zone, type, spot))),
                    },
                ]),
            })),
        };
    }

    public JsonObject Price(EcsCall call)
    {
        if (call.Text("ResourceType") is not (null or "instance") || call.Text("PriceUnit") != "Hour")
        {
            throw EcsErrorException.Invalid("PriceUnit");
        }

        var type = EcsType.All.FirstOrDefault(type => type.Id == call.Need("InstanceType")) ?? throw new EcsErrorException(404, "PriceNotFound", "The price of your queried resource is not found.");
        var price = call.Text("SpotStrategy") is null or "NoSpot" ? type.Price : type.Price * SpotShare;
        return new JsonObject
        {
            ["PriceInfo"] = new JsonObject
            {
                ["Price"] = new JsonObject
                {
                    ["Currency"] = options.Currency,
                    ["OriginalPrice"] = type.Price + DiskPrice,
                    ["DiscountPrice"] = type.Price - price,
                    ["TradePrice"] = price + DiskPrice,
                    ["DetailInfos"] = EcsJson.List("DetailInfo",
                    [
                        new JsonObject { ["Resource"] = "instanceType", ["OriginalPrice"] = type.Price, ["DiscountPrice"] = type.Price - price, ["TradePrice"] = price },
                        new JsonObject { ["Resource"] = "systemDisk", ["OriginalPrice"] = DiskPrice, ["DiscountPrice"] = 0, ["TradePrice"] = DiskPrice },
                    ]),
                },
                ["Rules"] = EcsJson.List("Rule", []),
            },
        };
    }

    public JsonObject Images(EcsCall call)
    {
        var found = EcsPicture.All.Where(image => call.Fits("ImageId", image.Id) && call.Fits("ImageFamily", image.Family) && call.Fits("Architecture", image.Architecture) && NameFits(call.Text("ImageName"), image.Id)).ToList();
        var reply = EcsJson.NumberPage(call, "Images", "Image", found, image => new JsonObject
        {
            ["ImageId"] = image.Id,
            ["ImageName"] = image.Id,
            ["ImageFamily"] = image.Family,
            ["ImageOwnerAlias"] = "system",
            ["Architecture"] = image.Architecture,
            ["CreationTime"] = image.CreatedAt,
            ["Status"] = "Available",
            ["OSType"] = "linux",
            ["Size"] = 20,
            ["IsSupportCloudinit"] = true,
            ["IsPublic"] = true,
        });
        reply["RegionId"] = call.Region;
        return reply;
    }

    /// <summary>Names are looked for with stars.</summary>
    private static bool NameFits(string? wanted, string name) => wanted is null ||
        (wanted.EndsWith('*') ? name.StartsWith(wanted[..^1].TrimStart('*'), StringComparison.Ordinal) : string.Equals(wanted, name, StringComparison.Ordinal));

    private JsonObject Stock(string zone, EcsType type, string spot)
    {
        var left = state.LeftOf(zone, type.Id, spot);
        return new JsonObject
        {
            ["Value"] = type.Id,
            ["Status"] = left > 0 ? "Available" : "SoldOut",
            ["StatusCategory"] = left > 10 ? "WithStock" : left > 0 ? "ClosedWithStock" : "WithoutStock",
            ["Unit"] = type.Cores.ToString(CultureInfo.InvariantCulture),
        };
    }
}
