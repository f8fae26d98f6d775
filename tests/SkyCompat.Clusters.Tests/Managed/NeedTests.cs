using SkyCompat.Clusters.Tests.Managed.Google;
using SkyCompat.Contracts;
using SkyCompat.Emulators.Clusters;
using SkyCompat.Emulators.GoogleCompute;
using SkyCompat.Google;

namespace SkyCompat.Clusters.Tests.Managed;

/// <summary>Instance types from needs, and nodes shared out to zones.</summary>
public sealed class NeedTests
{
    [Theory]
    [InlineData(6, 3)]
    [InlineData(3, 3)]
    [InlineData(4, 2)]
    [InlineData(2, 2)]
    [InlineData(5, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 3)]
    public void Zones_AsManyAsShareNodesOutEvenly(int count, int zones) => GkeZones.Choose(["a", "b", "c"], count).Count.ShouldBe(zones);

    [Fact]
    public async Task Need_BecomesAnInstanceTypeOfAnOffer_InARegion()
    {
        Assert.SkipWhen(ContractSpecs.UnavailableReason is not null, ContractSpecs.UnavailableReason ?? "");
        var cancel = TestContext.Current.CancellationToken;
        await using var machines = await GceEmulator.StartAsync(new GceEmulatorOptions { AccessTokens = [GkeHarness.Token], StepsPerOperation = 1 });
        await using var emulator = new GkeEmulator();
        await emulator.StartAsync();
        var settings = GkeHarness.Settings(emulator.Endpoint);
        settings["ComputeEndpoint"] = machines.Endpoint.GetLeftPart(UriPartial.Authority);
        settings["ClusterLocation"] = null;
        var described = new ContractService { Description = ContractSpecs.Get(ContractSpecs.GoogleCompute), Endpoint = machines.Endpoint, Server = "gce-emulator" };
        var log = new ContractLog { ThrowsAtOnce = true };
        await using (var host = ClusterHost.Start("Google", GkeHarness.Region, "me", settings, log, [GkeHarness.Describe(emulator.Endpoint), described], builder => builder.AddGoogle()))
        {
            var need = new MachineNeed { MinVCpus = 2, MinMemoryGiB = 4, Markets = [Market.Spot, Market.OnDemand] };
            await host.Clusters.CreateAndWaitAsync(new ClusterSpec { IdempotencyKey = "web", Pools = [new NodePoolSpec("main") { Need = need, Count = 4 }] }, cancel);
            var pool = (await host.Clusters.GetCluster("web").GetNodePools().TryGetAsync("main", cancel)).ShouldNotBeNull();
            pool.Market.ShouldBe(Market.Spot);
            pool.InstanceType.ShouldNotBeNullOrEmpty();
            var made = emulator.Clusters["web"].Pools["main"].Document;
            ((int)made["initialNodeCount"]! * made["locations"]!.AsArray().Count).ShouldBe(4);

            var error = await Should.ThrowAsync<CloudException>(() => host.Clusters.CreateAsync(
                new ClusterSpec { IdempotencyKey = "huge", Pools = [new NodePoolSpec("main") { Need = new MachineNeed { MinVCpus = 100_000 } }] }, cancel));
            (error.Code, error.Reason).ShouldBe((CloudErrorCode.NotFound, ComputeErrorReasons.NoOffer));
        }

        log.AssertClean();
    }
}
