using SkyCompat.Compute.Tests.Coverage;

namespace SkyCompat.Compute.Tests.Aws;

/// <summary>What the adapter of AWS asks EC2 for.</summary>
public sealed class MotoEc2CoverageTests(MotoAccount account) : CoverageTests, IClassFixture<MotoAccount>
{
    protected override string Provider => "EC2";

    protected override IReadOnlyDictionary<string, string> AsksForNothing { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Act: Hibernate"] = "moto hibernates nothing; `StopInstances` of it is checked by Ec2RequestTests",
    };

    [Fact]
    public void EveryOperationInTheSource_IsInThePage() => CoverageSources.FindMissing("src/SkyCompat.Aws/Compute", @"\bclient\.(\w+)Async\(", "EC2").ShouldBeEmpty();

    private protected override Task<CoverageCloud> StartAsync()
    {
        var cloud = account.Open();
        return Task.FromResult(new CoverageCloud(cloud.Driver, cloud.Contracts, Ec2Samples.Offer(type: "m5.large"), ImageReference.OfId(MotoAccount.Image), cloud)
        {
            Leftovers =
            [
                new OwnedResource("network-interface", "eni-00000000000000000", new CloudLocation(AwsTestCloud.Region)),
                new OwnedResource("internet-gateway", "igw-00000000000000000", new CloudLocation(AwsTestCloud.Region)),
            ],
        });
    }
}
