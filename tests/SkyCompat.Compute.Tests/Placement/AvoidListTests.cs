using Microsoft.Extensions.Time.Testing;
using SkyCompat.Compute.Placement;
using static SkyCompat.CloudErrorCode;

namespace SkyCompat.Compute.Tests.Placement;

/// <summary>The first columns of the reference's table of errors: what each failure rules out, and for how long.</summary>
public sealed class AvoidListTests
{
    private static readonly Offer Failed = Of("m5.xlarge", "m5", "Standard", 4, "r1", "a", Market.Spot);

    private static readonly Dictionary<string, Offer> Others = new(StringComparer.Ordinal)
    {
        ["larger of the family"] = Of("m5.4xlarge", "m5", "Standard", 16, "r1", "a", Market.Spot),
        ["smaller of the family"] = Of("m5.large", "m5", "Standard", 2, "r1", "a", Market.Spot),
        ["other zone"] = Of("m5.xlarge", "m5", "Standard", 4, "r1", "b", Market.Spot),
        ["same quota"] = Of("c7i.xlarge", "c7i", "Standard", 4, "r1", "a", Market.Spot),
        ["smaller of the quota"] = Of("c7i.large", "c7i", "Standard", 2, "r1", "b", Market.Spot),
        ["other quota"] = Of("g6.xlarge", "g6", "G and VT", 4, "r1", "a", Market.Spot),
        ["other market"] = Of("m5.xlarge", "m5", "Standard", 4, "r1", "a", Market.OnDemand),
        ["other region"] = Of("m5.xlarge", "m5", "Standard", 4, "r2", "a", Market.Spot),
        ["other cloud"] = Of("m5.xlarge", "m5", "Standard", 4, "r1", "a", Market.Spot) with { Cloud = "y" },
    };

    /// <summary>Code, scope, minutes, what else is ruled out.</summary>
    public static TheoryData<CloudErrorCode, ErrorScope, int, string[]> Rows { get; } = new()
    {
        { CapacityShortage, ErrorScope.Offer, 3, ["larger of the family"] },
        { CapacityShortage, ErrorScope.OfferInRegion, 60, ["larger of the family", "other zone"] },
        { CapacityShortage, ErrorScope.Zone, 3, ["larger of the family", "smaller of the family", "same quota", "other quota", "other market"] },
        { Unsupported, ErrorScope.Offer, 23 * 60, [] },
        { QuotaExceeded, ErrorScope.QuotaGroup, 10, ["larger of the family", "other zone", "same quota"] },
        { QuotaExceeded, ErrorScope.Request, 10, ["larger of the family", "other zone", "same quota"] },
        { QuotaExceeded, ErrorScope.Market, 60, ["larger of the family", "smaller of the family", "other zone", "same quota", "smaller of the quota", "other quota"] },
        { QuotaExceeded, ErrorScope.Region, 60, ["larger of the family", "smaller of the family", "other zone", "same quota", "smaller of the quota", "other quota", "other market"] },
        { QuotaExceeded, ErrorScope.Cloud, 60, ["larger of the family", "smaller of the family", "other zone", "same quota", "smaller of the quota", "other quota", "other market", "other region"] },
        { PermissionDenied, ErrorScope.Region, 60, ["larger of the family", "smaller of the family", "other zone", "same quota", "smaller of the quota", "other quota", "other market"] },
        { Unauthenticated, ErrorScope.Cloud, 60, ["larger of the family", "smaller of the family", "other zone", "same quota", "smaller of the quota", "other quota", "other market", "other region"] },
        { Throttled, ErrorScope.Request, 1, ["larger of the family"] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Failure_RulesOutItsScopeForItsTime(CloudErrorCode code, ErrorScope scope, int minutes, string[] expected)
    {
        var time = new FakeTimeProvider();
        var list = new AvoidList(time, new ComputeSettings());

        list.Add(Failed, code, scope);

        var avoided = list.Current().ShouldHaveSingleItem();
        avoided.Covers(Failed).ShouldBeTrue();
        Others.Where(other => avoided.Covers(other.Value)).Select(other => other.Key).ShouldBe(expected, ignoreOrder: true);
        time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromTicks(1));
        list.Current().Count.ShouldBe(1);
        time.Advance(TimeSpan.FromTicks(1));
        list.Current().ShouldBeEmpty();
    }

    [Fact]
    public void OfferWithoutAQuotaGroup_SharesTheQuotaOfItsFamily()
    {
        var list = new AvoidList(new FakeTimeProvider(), new ComputeSettings());

        list.Add(Failed with { QuotaGroup = null }, QuotaExceeded, ErrorScope.QuotaGroup);

        var avoided = list.Current().ShouldHaveSingleItem();
        avoided.Covers(Failed with { QuotaGroup = null, InstanceType = "m5.2xlarge" }).ShouldBeTrue();
        avoided.Covers(Failed with { QuotaGroup = null, Family = "c7i", InstanceType = "c7i.xlarge" }).ShouldBeFalse();
    }

    private static Offer Of(string type, string family, string group, int cpus, string region, string zone, Market market) => new()
    {
        Cloud = "x",
        Location = new CloudLocation(region, zone),
        InstanceType = type,
        Family = family,
        QuotaGroup = group,
        Market = market,
        Shape = new MachineShape(cpus, 16),
    };
}
