using SkyCompat.Compute.Tests.Coverage;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>What the adapter of Alibaba Cloud asks ECS and VPC for.</summary>
public sealed class EcsCoverageTests : CoverageTests
{
    protected override string Provider => "ECS";

    private protected override async Task<CoverageCloud> StartAsync()
    {
        var cloud = await EcsTestCloud.StartAsync();
        return new CoverageCloud(cloud.Driver, cloud.Contracts, EcsLaunches.Offer(), ImageReference.OfFamily("debian-12"), cloud);
    }

    [Fact]
    public void EveryOperationInTheSource_IsInThePage() =>
        CoverageSources.FindMissing("src/SkyCompat.Alibaba/Compute", @"(?:RpcCall\.(?:Ecs|Vpc)|SendUnlessAsync)\(""(\w+)""", "ECS").ShouldBeEmpty();
}
