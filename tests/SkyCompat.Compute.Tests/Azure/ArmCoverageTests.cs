using SkyCompat.Compute.Tests.Coverage;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>What the adapter of Azure asks Azure Resource Manager for.</summary>
public sealed class ArmCoverageTests : CoverageTests
{
    protected override string Provider => "Azure";

    private protected override async Task<CoverageCloud> StartAsync()
    {
        var cloud = await ArmCloud.StartAsync();
        var offer = new Offer { Location = new CloudLocation(ArmCloud.Region, "1"), InstanceType = "Standard_D2s_v5", Market = Market.OnDemand, Shape = new MachineShape(2, 8) };
        return new CoverageCloud(cloud.Driver, cloud.Contracts, offer, ImageReference.OfFamily("ubuntu-24.04"), cloud)
        {
            // The memory is saved on the boot disk.
            BootDiskGiB = 64,
            Leftovers = [new OwnedResource("network-interface", "none-nic", new CloudLocation(ArmCloud.Region)), new OwnedResource("address", "none-ip", new CloudLocation(ArmCloud.Region))],
        };
    }
}
