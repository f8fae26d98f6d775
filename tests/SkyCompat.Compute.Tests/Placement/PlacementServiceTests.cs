using Microsoft.Extensions.Time.Testing;
using SkyCompat.Simulation;
using static SkyCompat.Compute.Tests.Placement.SimulatedHost;

namespace SkyCompat.Compute.Tests.Placement;

public sealed class PlacementServiceTests
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private static SimulatedZone Zone(string name, decimal factor = 1, int stock = int.MaxValue) => new(name) { PriceFactor = factor, StockVCpus = stock };

    [Fact]
    public async Task Launch_SpotInEurope_CheapestOfAllClouds()
    {
        var sky = Open(
            Cloud("one", Region("us-1", Zone("us-1a", 0.1m)), Region("eu-1", Zone("eu-1a", 2))),
            Cloud("two", Region("eu-9", Zone("eu-9a", 1), Zone("eu-9b", 0.5m))));
        using var host = new SimulatedHost(sky);
        var result = await host.Placements.LaunchAsync(Request("web", Market.Spot) with { Jurisdictions = ["EU"] }, null, None);
        result.Offer.Location.ShouldBe(new CloudLocation("eu-9", "eu-9b"));
        result.Instances.Single().Market.ShouldBe(Market.Spot);
        sky.ListInstances().Count.ShouldBe(1);
        result.Attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Launch_NoStockInZone_NextZone()
    {
        var sky = Open(Cloud("one", Region("eu-1", Zone("eu-1a", 1, stock: 0), Zone("eu-1b", 2))));
        using var host = new SimulatedHost(sky);
        var result = await host.Placements.LaunchAsync(Request(), null, None);
        result.Offer.Location.Zone.ShouldBe("eu-1b");
        result.Attempts.Select(attempt => (attempt.Outcome, attempt.Error)).ShouldBe([(PlacementOutcome.Failed, CloudErrorCode.CapacityShortage), (PlacementOutcome.Succeeded, null)]);
    }

    [Fact]
    public async Task Launch_BadCredentials_RulesOutTheCloudAtOnce()
    {
        var sky = Open(
            Cloud("one", Region("eu-1", Zone("eu-1a", 1), Zone("eu-1b", 1)), Region("eu-2", Zone("eu-2a", 1))) with { RejectsCredentials = true },
            Cloud("two", Region("eu-9", Zone("eu-9a", 5))));
        using var host = new SimulatedHost(sky);
        (await host.Placements.LaunchAsync(Request(), null, None)).Offer.Cloud.ShouldBe("two");
        sky.Launches.ShouldBe(2);
    }

    [Fact]
    public async Task Launch_NoQuota_ProbeSparesTheLaunch()
    {
        var sky = Open(
            Cloud("one", Region("eu-1", Zone("eu-1a", 1), Zone("eu-1b", 1)) with { QuotaVCpus = 0 }, Region("eu-2", Zone("eu-2a", 3))));
        using var host = new SimulatedHost(sky);
        var result = await host.Placements.LaunchAsync(Request(), null, None);
        result.Offer.Location.Region.ShouldBe("eu-2");
        result.Attempts.Select(attempt => attempt.Outcome).ShouldBe([PlacementOutcome.NoHeadroom, PlacementOutcome.Succeeded]);
        sky.Launches.ShouldBe(1);
    }

    [Fact]
    public async Task Launch_AgainSoon_AvoidsWhatFailed_AndComesBackLater()
    {
        var time = new FakeTimeProvider();
        var sky = Open(Cloud("one", Region("eu-1", Zone("eu-1a", 1, stock: 0), Zone("eu-1b", 2))));
        using var host = new SimulatedHost(sky, time: time);
        await host.Placements.LaunchAsync(Request("first"), null, None);
        sky.World = Open(Cloud("one", Region("eu-1", Zone("eu-1a", 1), Zone("eu-1b", 2)))).World;
        (await host.Placements.LaunchAsync(Request("second"), null, None)).Offer.Location.Zone.ShouldBe("eu-1b");
        time.Advance(TimeSpan.FromMinutes(4));
        (await host.Placements.LaunchAsync(Request("third"), null, None)).Offer.Location.Zone.ShouldBe("eu-1a");
    }

    [Fact]
    public async Task Launch_NothingFits_NamesTheLimits()
    {
        var sky = Open(Cloud("one", Region("eu-1", Zone("eu-1a"), Zone("eu-1b"))));
        using var host = new SimulatedHost(sky);
        var request = Request() with { Need = new MachineNeed { MinVCpus = 128 } };
        var failure = await Should.ThrowAsync<CloudException>(() => host.Placements.LaunchAsync(request, null, None));
        failure.Reason.ShouldBe(ComputeErrorReasons.NoOffer);
        failure.Message.ShouldContain("Of 4 offers, 4 are ruled out by Need: MinVCpus");
    }

    [Fact]
    public async Task Launch_NowhereIsRoom_ListsWhatWasTried()
    {
        var sky = Open(Cloud("one", Region("eu-1", Zone("eu-1a", 1, stock: 0))), Cloud("two", Region("eu-9", Zone("eu-9a")) with { QuotaVCpus = 0 }));
        using var host = new SimulatedHost(sky);
        var failure = await Should.ThrowAsync<CloudException>(() => host.Placements.LaunchAsync(Request(), null, None));
        failure.Code.ShouldBe(CloudErrorCode.CapacityShortage);
        failure.Message.ShouldContain("1 × one: CapacityShortage; 1 × two: QuotaExceeded");
        sky.ListInstances().ShouldBeEmpty();
    }

    [Fact]
    public async Task Launch_CleanUpFails_TriesNoOtherPlace_AndGoesOnWhenCalledAgain()
    {
        var sky = Open(Cloud("one", Region("eu-1", Zone("eu-1a"))), Cloud("two", Region("eu-9", Zone("eu-9a", 5))));
        var store = new MemoryPlacementStore();
        using (var host = new SimulatedHost(sky, store))
        {
            // The launch is made and its reply lost; then the cloud is down.
            sky.Intercept = (cloud, operation, after) =>
            {
                if (cloud == "one" && after && operation == "Launch")
                {
                    sky.Intercept = (name, _, _) => Down(name);
                    Down(cloud);
                }
            };
            var failure = await Should.ThrowAsync<CloudException>(() => host.Placements.LaunchAsync(Request(), null, None));
            failure.Reason.ShouldBe(ComputeErrorReasons.CleanupIncomplete);
            sky.ListInstances().Single().Cloud.ShouldBe("one");
        }

        sky.Intercept = null;
        using var next = new SimulatedHost(sky, store);
        (await next.Placements.LaunchAsync(Request(), null, None)).Offer.Cloud.ShouldBe("one");
        sky.ListInstances().Count.ShouldBe(1);

        static void Down(string cloud)
        {
            if (cloud == "one")
            {
                throw new CloudException(CloudErrorCode.Unavailable, "The cloud is down.") { MayHaveTakenEffect = true, IsTransient = false };
            }
        }
    }

    [Fact]
    public async Task Launch_PreemptedWhileWaiting_DoesNotFailOver()
    {
        var sky = Open(Cloud("one", Region("eu-1", Zone("eu-1a"))), Cloud("two", Region("eu-9", Zone("eu-9a", 5))));
        using var host = new SimulatedHost(sky);
        sky.Intercept = (cloud, operation, after) =>
        {
            if (operation == "Launch" && after)
            {
                sky.Preempt(cloud, sky.ListInstances().Single().Id);
            }
        };
        var failure = await Should.ThrowAsync<CloudException>(() => host.Placements.LaunchAsync(Request("web", Market.Spot), null, None));
        failure.Reason.ShouldBe(ComputeErrorReasons.Preempted);
        sky.ListInstances().Single().Cloud.ShouldBe("one");
        sky.Launches.ShouldBe(1);
    }

    [Fact]
    public async Task Launch_Twice_IsOnePlacement()
    {
        var sky = Open(Cloud("one", Region("eu-1", Zone("eu-1a"))));
        var store = new MemoryPlacementStore();
        using var host = new SimulatedHost(sky, store);
        var first = await host.Placements.LaunchAsync(Request(), null, None);
        using var other = new SimulatedHost(sky, store);
        (await other.Placements.LaunchAsync(Request(), null, None)).Instances.Single().Id.ShouldBe(first.Instances.Single().Id);
        sky.ListInstances().Count.ShouldBe(1);
        var failure = await Should.ThrowAsync<CloudException>(() => other.Placements.LaunchAsync(Request("web", Market.Spot), null, None));
        failure.Reason.ShouldBe(ComputeErrorReasons.KeyReused);
    }

    [Fact]
    public async Task Launch_OneCloudDown_UsesTheOthers_AndThePlanNamesIt()
    {
        var sky = Open(Cloud("one", Region("eu-1", Zone("eu-1a"))), Cloud("two", Region("eu-9", Zone("eu-9a", 5))));
        using var host = new SimulatedHost(sky);
        sky.Intercept = (cloud, _, _) =>
        {
            if (cloud == "one")
            {
                throw new CloudException(CloudErrorCode.Unauthenticated, "The token has expired.") { Scope = ErrorScope.Cloud };
            }
        };
        var plan = await host.Placements.PlanAsync(Request(), None);
        plan.Unreachable["one"].Code.ShouldBe(CloudErrorCode.Unauthenticated);
        plan.Explain().ShouldContain("could not be asked: one");
        (await host.Placements.LaunchAsync(Request(), null, None)).Offer.Cloud.ShouldBe("two");
    }

    [Fact]
    public async Task Launch_SpotQuotaOfTheRegion_NextIsOnDemandAndNoOtherSpotOffer()
    {
        var sky = Open(Cloud("one", Region("eu-1", Zone("eu-1a", 1), Zone("eu-1b", 2))));
        using var host = new SimulatedHost(sky);
        var refused = false;
        sky.Intercept = (_, operation, isAfter) =>
        {
            if (operation == "Launch" && !isAfter && !refused)
            {
                refused = true;
                throw new CloudException(CloudErrorCode.QuotaExceeded, "The quota of spot instances is used up.") { Scope = ErrorScope.Market, IsTransient = false };
            }
        };
        var result = await host.Placements.LaunchAsync(Request("web", Market.Spot, Market.OnDemand), null, None);
        result.Attempts.Select(attempt => attempt.Offer.Market).ShouldBe([Market.Spot, Market.OnDemand]);
    }

    [Theory]
    [InlineData("Upper")]
    [InlineData("a-key-that-is-longer-than-thirty-four-characters")]
    public async Task Launch_BadKey_IsRefused(string key)
    {
        using var host = new SimulatedHost(Open(Cloud("one", Region("eu-1", Zone("eu-1a")))));
        await Should.ThrowAsync<ArgumentException>(() => host.Placements.LaunchAsync(Request(key), null, None));
    }

    [Fact]
    public async Task FileStore_KeepsWholly()
    {
        var folder = Directory.CreateTempSubdirectory("skycompat-store-");
        try
        {
            var store = new Compute.Placement.FilePlacementStore(Path.Combine(folder.FullName, "deep"));
            (await store.LoadAsync("web", None)).ShouldBeNull();
            await store.SaveAsync("web", "first", None);
            await store.SaveAsync("web", "second", None);
            (await new Compute.Placement.FilePlacementStore(Path.Combine(folder.FullName, "deep")).LoadAsync("web", None)).ShouldBe("second");
            Directory.GetFiles(folder.FullName, "*.new", SearchOption.AllDirectories).ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
