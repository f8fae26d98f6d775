using SkyCompat.Compute.Tests.Coverage;

namespace SkyCompat.Compute.Tests.Google;

/// <summary>What the adapter of Google Cloud asks Compute Engine for.</summary>
public sealed class GceCoverageTests : CoverageTests
{
    protected override string Provider => "Compute Engine";

    private protected override async Task<CoverageCloud> StartAsync()
    {
        var cloud = await GceTestCloud.StartAsync();
        return new CoverageCloud(cloud.Driver, cloud.Contracts, GceTestCloud.Offer(), ImageReference.OfFamily("ubuntu-24.04"), cloud);
    }
}
