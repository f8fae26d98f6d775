using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Shows an instance as DescribeInstances does.</summary>
internal static class EcsMachineJson
{
    public static JsonObject Write(EcsMachine machine, EcsState state) => new()
    {
        ["InstanceId"] = machine.Id,
        ["InstanceName"] = machine.Name,
        ["HostName"] = machine.HostName,
        ["Description"] = "",
        ["Status"] = machine.Status,
        ["StoppedMode"] = machine.StoppedMode,
        ["RegionId"] = machine.Region,
        ["ZoneId"] = machine.ZoneId,
        ["ImageId"] = machine.ImageId,
        ["InstanceType"] = machine.Type.Id,
        ["InstanceTypeFamily"] = machine.Type.Family,
        ["Cpu"] = machine.Type.Cores,
        ["Memory"] = machine.Type.Memory * 1024,
        ["GPUAmount"] = machine.Type.Gpus,
        ["GPUSpec"] = machine.Type.GpuSpec,
        ["CreationTime"] = machine.CreatedAt,
        ["StartTime"] = machine.CreatedAt,
        ["ExpiredTime"] = "2099-12-31T15:59Z",
        ["AutoReleaseTime"] = "",
        ["InstanceChargeType"] = "PostPaid",
        ["InternetChargeType"] = "PayByTraffic",
        ["InternetMaxBandwidthOut"] = machine.PublicAddress is null ? 0 : 100,
        ["InstanceNetworkType"] = "vpc",
        ["IoOptimized"] = true,
        ["KeyPairName"] = machine.KeyPair ?? "",
        ["SpotStrategy"] = machine.SpotStrategy,
        ["SpotPriceLimit"] = 0.0,
        ["DeletionProtection"] = false,
        ["OSType"] = "linux",
        ["SerialNumber"] = Guid.Empty.ToString("D"),
        ["SecurityGroupIds"] = EcsJson.Texts("SecurityGroupId", machine.Groups),
        ["InnerIpAddress"] = EcsJson.Texts("IpAddress", []),
        ["PublicIpAddress"] = EcsJson.Texts("IpAddress", machine.PublicAddress is { } address ? [address] : []),
        ["EipAddress"] = state.Addresses.Find(eip => eip.InstanceId == machine.Id) is { } elastic
            ? new JsonObject { ["AllocationId"] = elastic.Id, ["IpAddress"] = elastic.Address, ["InternetChargeType"] = elastic.InternetChargeType, ["Bandwidth"] = 100, ["IsSupportUnassociate"] = true }
            : new JsonObject { ["AllocationId"] = "", ["IpAddress"] = "", ["InternetChargeType"] = "" },
        ["VpcAttributes"] = new JsonObject
        {
            ["VpcId"] = machine.VpcId,
            ["VSwitchId"] = machine.VSwitchId,
            ["NatIpAddress"] = "",
            ["PrivateIpAddress"] = EcsJson.Texts("IpAddress", [machine.PrivateAddress]),
        },
        ["OperationLocks"] = EcsJson.List("LockReason", machine.Locks.Select(reason => (JsonNode)new JsonObject { ["LockReason"] = reason })),
        ["Tags"] = EcsJson.EcsTags(machine),
    };
}
