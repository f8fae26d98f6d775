using SkyCompat.Compute.Placement;

namespace SkyCompat.Compute.Tests.Placement;

public sealed class PlacementPlannerTests
{
    private static readonly PlacementPlanner Planner = new(
        (_, region) => region?.StartsWith("eu-", StringComparison.Ordinal) == true ? "EU" : region?.StartsWith("us-", StringComparison.Ordinal) == true ? "US" : null,
        (from, to) => from == to ? 0 : to.StartsWith("X/", StringComparison.Ordinal) ? 0.02m : 0.09m);

    private static Offer Of(string region, decimal? price, Market market = Market.OnDemand, string cloud = "x", int cpus = 4, string type = "t4", string? zone = null, string family = "t") => new()
    {
        Cloud = cloud,
        Provider = new CloudProvider(cloud.ToUpperInvariant()),
        Location = new CloudLocation(region, zone),
        InstanceType = type,
        Family = family,
        Market = market,
        Shape = new MachineShape(cpus, 16),
        HourlyPriceUsd = price,
        PricedAt = price is null ? null : DateTimeOffset.UnixEpoch,
    };

    private static PlacementRequest Request(params Market[] markets) => SimulatedHost.Request("web", markets);

    [Fact]
    public void Plan_TwoPrices_CheapestFirst()
    {
        var plan = Planner.Plan(Request(), [Of("eu-1", 0.3m), Of("us-1", 0.2m), Of("eu-2", null)], []);
        plan.Steps.Select(step => step.Offer.Location.Region).ShouldBe(["us-1", "eu-1", "eu-2"]);
    }

    [Fact]
    public void Plan_SpotThenOnDemand_MarketBeforePrice()
    {
        var plan = Planner.Plan(Request(Market.Spot, Market.OnDemand), [Of("eu-1", 0.1m), Of("eu-1", 0.2m, Market.Spot)], []);
        plan.Steps.Select(step => step.Offer.Market).ShouldBe([Market.Spot, Market.OnDemand]);
    }

    [Fact]
    public void Plan_PreferredRegion_RegionBeforePrice()
    {
        var plan = Planner.Plan(Request() with { PreferredRegions = ["eu-*"] }, [Of("us-1", 0.1m), Of("eu-1", 0.2m)], []);
        plan.Steps[0].Offer.Location.Region.ShouldBe("eu-1");
    }

    [Fact]
    public void Plan_DataElsewhere_EgressCounts()
    {
        var request = Request() with { Data = new DataLocation(new CloudProvider("X"), "eu-1", 100), ExpectedRunTime = TimeSpan.FromHours(10) };
        var plan = Planner.Plan(request, [Of("eu-1", 0.5m), Of("us-1", 0.4m), Of("us-1", 0.1m, cloud: "y")], []);
        plan.Steps.Select(step => step.TotalUsd).ShouldBe([5m, 6m, 10m]);
        plan.Steps.Select(step => step.Offer.Cloud).ShouldBe(["x", "x", "y"]);
    }

    [Fact]
    public void Plan_EveryReason_IsNamed()
    {
        var avoided = new AvoidedOffers { Cloud = "x", Scope = ErrorScope.Zone, Region = "eu-1", Zone = "eu-1b", Until = DateTimeOffset.MaxValue, Code = CloudErrorCode.CapacityShortage };
        var request = Request() with { Clouds = ["x"], Regions = ["eu-*", "us-1", "moon"], Jurisdictions = ["EU"], MaxHourlyPriceUsd = 1 };
        var plan = Planner.Plan(
            request,
            [
                Of("eu-1", 0.1m, zone: "eu-1a"), Of("eu-1", 0.1m, cloud: "y"), Of("eu-1", 0.1m, cpus: 2), Of("eu-1", 0.1m, Market.Spot), Of("ap-1", 0.1m), Of("us-1", 0.1m), Of("moon", 0.1m), Of("eu-1", 2m),
                Of("eu-1", null), Of("eu-1", 0.1m, zone: "eu-1b"),
            ],
            [avoided]);
        plan.Steps.Count.ShouldBe(1);
        plan.Rejected.Select(item => $"{item.Reason}: {item.Detail}").ShouldBe(
        [
            "Cloud: y", "Need: MinVCpus", "Market: Spot", "Region: ap-1", "Jurisdiction: US", "Jurisdiction: of moon not known", "Price: over 1 $/h", "Price: not known", "Avoided: CapacityShortage of Zone",
        ]);
        plan.CountRejected().Sum(item => item.Count).ShouldBe(9);
    }

    [Fact]
    public void Plan_AnyOrderOfOffers_SamePlan()
    {
        var offers = Enumerable.Range(0, 200).Select(i => Of($"eu-{i % 7}", (i % 5) / 10m, cloud: $"c{i % 3}", type: $"t{i % 11}", zone: $"z{i % 4}")).ToList();
        var plan = Planner.Plan(Request(), offers, []);
        for (var seed = 0; seed < 20; seed++)
        {
            var shuffled = offers.ToArray();
            new Random(seed).Shuffle(shuffled);
            Planner.Plan(Request(), shuffled, []).Steps.ShouldBe(plan.Steps);
        }
    }

    [Fact]
    public void Explain_Plan_IsATable()
    {
        var plan = Planner.Plan(Request(), [Of("eu-1", 0.25m), Of("eu-1", 0.1m, cpus: 1)], []);
        plan.Explain().ShouldBe(
            """
            #  cloud  place  type  market    $/h   compute $  egress $
            1  x      eu-1   t4    OnDemand  0.25  0.25       0       
            ruled out: 1 by Need: MinVCpus

            """);
    }

    [Theory]
    [InlineData(ErrorScope.Cloud, 8)]
    [InlineData(ErrorScope.Region, 7)]
    [InlineData(ErrorScope.Market, 6)]
    [InlineData(ErrorScope.QuotaGroup, 4)]
    [InlineData(ErrorScope.OfferInRegion, 3)]
    [InlineData(ErrorScope.Zone, 6)]
    [InlineData(ErrorScope.Offer, 2)]
    [InlineData(ErrorScope.Request, 0)]
    public void Covers_Scope_RulesOutThatMuch(ErrorScope scope, int expected)
    {
        var failed = Of("eu-1", 1, zone: "a", cpus: 4, type: "t4") with { QuotaGroup = "small" };
        Offer[] offers =
        [
            failed, failed with { InstanceType = "t8", Shape = new MachineShape(8, 32) }, failed with { InstanceType = "t2", Shape = new MachineShape(2, 8) },
            failed with { InstanceType = "m4", Family = "m" }, failed with { InstanceType = "x4", Family = "x", QuotaGroup = "large" }, failed with { Market = Market.Spot },
            failed with { Location = new CloudLocation("eu-1", "b") }, failed with { Location = new CloudLocation("eu-2", "a") }, failed with { Cloud = "y" },
        ];
        var avoided = new AvoidedOffers
        {
            Cloud = "x", Scope = scope, Region = "eu-1", Zone = scope is ErrorScope.Zone or ErrorScope.Offer ? "a" : null, Market = Market.OnDemand, InstanceType = "t4", Family = "t",
            QuotaGroup = "small", VCpus = 4,
            Until = DateTimeOffset.MaxValue, Code = CloudErrorCode.CapacityShortage,
        };
        offers.Count(avoided.Covers).ShouldBe(expected);
    }
}
