using SkyCompat.Compute;

namespace SkyCompat.Alibaba;

/// <summary>What ECS can do, and within which limits.</summary>
internal static class EcsProfile
{
    public static ComputeCapabilities Capabilities { get; } = new()
    {
        Features = ComputeFeatures.Spot | ComputeFeatures.StopKeepAllocated | ComputeFeatures.BulkLaunch | ComputeFeatures.UserData | ComputeFeatures.Firewall | ComputeFeatures.PublicAddress |
            ComputeFeatures.SshKeys | ComputeFeatures.KeyPairs | ComputeFeatures.ConsoleOutput | ComputeFeatures.Disks | ComputeFeatures.Snapshots | ComputeFeatures.Networks |
            ComputeFeatures.ReservedAddresses | ComputeFeatures.StockProbe,
        MaxLaunchCount = 100,
        MaxUserDataBytes = 32 * 1024,
        MaxTags = 20,
        MaxTagKeyLength = 64,
        MaxTagValueLength = 128,
    };
}
