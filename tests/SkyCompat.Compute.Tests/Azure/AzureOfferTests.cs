using SkyCompat.Emulators.AzureResourceManager;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>Sizes, prices, quotas and images.</summary>
public sealed class AzureOfferTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sizes_are_offered_per_zone_and_market_with_dated_prices()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var query = new OfferQuery(new MachineNeed { MinVCpus = 4, MaxVCpus = 8, Markets = [Market.Spot, Market.OnDemand] }) { Regions = ["West Europe"] };

        var page = await cloud.Driver.FindOffersPageAsync(query, null, Token);

        page.NextPageToken.ShouldBeNull();
        var offers = page.Items.Where(offer => offer.InstanceType == "Standard_D4s_v5").ToList();
        offers.Select(offer => (offer.Location.Zone, offer.Market)).ShouldBe(
            [("1", Market.Spot), ("2", Market.Spot), ("3", Market.Spot), ("1", Market.OnDemand), ("2", Market.OnDemand), ("3", Market.OnDemand)], ignoreOrder: true);
        offers.ShouldAllBe(offer => offer.Location.Region == "westeurope" && offer.PricedAt != null && offer.Family == "standardDSv5Family");
        offers.Where(offer => offer.Market == Market.OnDemand).ShouldAllBe(offer => offer.HourlyPriceUsd == 0.23m);
        offers.Where(offer => offer.Market == Market.Spot).ShouldAllBe(offer => offer.HourlyPriceUsd == 0.046m);
        offers[0].Shape.ShouldBe(new MachineShape(4, 16));
    }

    [Fact]
    public async Task What_is_closed_or_too_old_is_not_offered()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var query = new OfferQuery(new MachineNeed { Markets = [Market.OnDemand, Market.Spot] }) { Regions = ["westeurope"] };

        var offers = (await cloud.Driver.FindOffersPageAsync(query, null, Token)).Items;

        offers.ShouldNotContain(offer => offer.InstanceType == "Standard_F4s_v2", "closed to the subscription");
        offers.ShouldNotContain(offer => offer.InstanceType == "Standard_A2", "starts no image of the second generation");
        offers.ShouldNotContain(offer => offer.InstanceType == "Standard_B2s" && offer.Market == Market.Spot, "not sold in the spot market");
        offers.Where(offer => offer.InstanceType == "Standard_D8s_v5").Select(offer => offer.Location.Zone).Distinct(StringComparer.Ordinal).ShouldBe(["1", "2"], ignoreOrder: true);
        offers.First(offer => offer.InstanceType == "Standard_D4ps_v5").Shape.Architecture.ShouldBe(CpuArchitecture.Arm64);
        var gpu = offers.First(offer => offer.InstanceType == "Standard_NC4as_T4_v3");
        gpu.Shape.Gpus.ShouldBe(1);
        gpu.Shape.GpuModel.ShouldBe("T4");
        gpu.Family.ShouldBe("StandardNCASv3_T4Family");
    }

    [Fact]
    public async Task Regions_are_pages_and_lists_are_kept_for_an_hour()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var cloud = await ArmCloud.StartAsync(time: time);
        var query = new OfferQuery(new MachineNeed { InstanceType = "standard_d4s_v5" }) { Regions = ["westeurope", "northeurope"], Zones = ["2"] };

        var first = await cloud.Driver.FindOffersPageAsync(query, null, Token);
        var second = await cloud.Driver.FindOffersPageAsync(query, first.NextPageToken.ShouldNotBeNull(), Token);

        second.NextPageToken.ShouldBeNull();
        first.Items.ShouldAllBe(offer => offer.Location.Region == "westeurope" && offer.Location.Zone == "2");
        second.Items.ShouldAllBe(offer => offer.Location.Region == "northeurope");
        first.Items.Single(offer => offer.InstanceType == "Standard_D4s_v5").HourlyPriceUsd.ShouldBe(0.23m);
        first.Items.First(offer => offer.InstanceType == "Standard_E4s_v5").HourlyPriceUsd.ShouldBeNull("nobody asked for it");
        cloud.Emulator.Faults.Clear();
        await cloud.Driver.FindOffersPageAsync(query, null, Token);
        cloud.Emulator.Faults.Requests.ShouldBeEmpty();
        time.Advance(TimeSpan.FromMinutes(61));
        await cloud.Driver.FindOffersPageAsync(query, null, Token);
        cloud.Emulator.Faults.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_the_price_list_offers_have_no_price_and_when_it_is_busy_the_engine_asks_again()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var query = new OfferQuery(new MachineNeed { MinVCpus = 4 }) { Regions = ["westeurope"] };
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.Refuse) { Target = "/api/retail/prices", Status = 429, Code = "TooManyRequests" });
        var busy = await Should.ThrowAsync<CloudException>(() => cloud.Driver.FindOffersPageAsync(query, null, Token));
        busy.Code.ShouldBe(CloudErrorCode.Throttled);
        busy.IsTransient.ShouldBeTrue();

        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.DropRequest) { Target = "/api/retail/prices" });
        (await cloud.Driver.FindOffersPageAsync(query, null, Token)).Items.ShouldAllBe(offer => offer.HourlyPriceUsd == null);

        (await cloud.Driver.FindOffersPageAsync(query, null, Token)).Items.ShouldContain(offer => offer.HourlyPriceUsd > 0);
    }

    [Theory]
    [InlineData("standardDSv5Family", 3, Market.OnDemand, ErrorScope.QuotaGroup)]
    [InlineData("cores", 3, Market.OnDemand, ErrorScope.Region)]
    [InlineData("lowPriorityCores", 3, Market.Spot, ErrorScope.Market)]
    [InlineData("virtualMachines", 0, Market.OnDemand, ErrorScope.Region)]
    public async Task A_quota_that_does_not_suffice_is_found_before_the_launch(string name, int limit, Market market, ErrorScope scope)
    {
        await using var cloud = await ArmCloud.StartAsync();
        var offer = (await cloud.Driver.FindOffersPageAsync(new OfferQuery(new MachineNeed { Markets = [market] }) { Regions = ["westeurope"] }, null, Token)).Items
            .First(offer => offer.InstanceType == "Standard_D4s_v5");
        (await cloud.Driver.ProbeAsync(offer, 2, Token)).Answer.ShouldBe(HeadroomAnswer.Yes);

        cloud.Emulator.Quotas.Set(name, limit);

        var headroom = await cloud.Driver.ProbeAsync(offer, 1, Token);
        headroom.Answer.ShouldBe(HeadroomAnswer.No);
        headroom.Code.ShouldBe(CloudErrorCode.QuotaExceeded);
        headroom.Scope.ShouldBe(scope);
        headroom.Detail.ShouldNotBeNull().ShouldContain(name);
    }

    [Fact]
    public async Task The_market_that_is_not_asked_for_does_not_count()
    {
        await using var cloud = await ArmCloud.StartAsync();
        cloud.Emulator.Quotas.Set("lowPriorityCores", 0);
        var offer = new Offer { Location = new CloudLocation("westeurope"), InstanceType = "Standard_D4s_v5", Family = "standardDSv5Family", Market = Market.OnDemand, Shape = new MachineShape(4, 16) };

        (await cloud.Driver.ProbeAsync(offer, 1, Token)).Answer.ShouldBe(HeadroomAnswer.Yes);

        cloud.Emulator.Quotas.Set("cores", 0);
        (await cloud.Driver.ProbeAsync(offer with { Market = Market.Spot }, 1, Token)).Answer.ShouldBe(HeadroomAnswer.No);
    }

    [Theory]
    [InlineData("ubuntu-24.04", CpuArchitecture.X64, "Canonical:ubuntu-24_04-lts:server:24.04.202409120")]
    [InlineData("ubuntu-24.04", CpuArchitecture.Arm64, "Canonical:ubuntu-24_04-lts:server-arm64:24.04.202409120")]
    [InlineData("ubuntu-22.04", CpuArchitecture.X64, "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:22.04.202408010")]
    [InlineData("debian-12", CpuArchitecture.X64, "Debian:debian-12:12-gen2:0.20240717.1811")]
    public async Task Families_are_the_newest_version(string family, CpuArchitecture architecture, string id)
    {
        await using var cloud = await ArmCloud.StartAsync();

        var image = (await cloud.Driver.TryFindImageAsync(ImageReference.OfFamily(family), architecture, "westeurope", Token)).ShouldNotBeNull();

        image.Id.ShouldBe(id);
        image.Family.ShouldBe(family);
        image.Architecture.ShouldBe(architecture);
        var same = (await cloud.Driver.TryFindImageAsync(ImageReference.OfId(id), architecture, "westeurope", Token)).ShouldNotBeNull();
        same.Architecture.ShouldBe(architecture);
        same.Family.ShouldBeNull();
    }

    [Theory]
    [InlineData("Nobody:nothing:no:latest")]
    [InlineData("Canonical:ubuntu-24_04-lts:server:1.0.0")]
    [InlineData("ami-0abc")]
    [InlineData("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/skycompat/providers/Microsoft.Compute/images/none")]
    public async Task An_image_that_is_not_there_is_null(string id)
    {
        await using var cloud = await ArmCloud.StartAsync();
        (await cloud.Driver.TryFindImageAsync(ImageReference.OfId(id), CpuArchitecture.X64, "westeurope", Token)).ShouldBeNull();
        (await cloud.Driver.TryFindImageAsync(ImageReference.OfFamily("windows-98"), CpuArchitecture.X64, "westeurope", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task An_image_whose_id_leads_elsewhere_gets_no_token()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var error = await Should.ThrowAsync<CloudException>(() =>
            cloud.Driver.TryFindImageAsync(ImageReference.OfId("@127.0.0.1:9/providers/Microsoft.Compute/images/x"), CpuArchitecture.X64, "westeurope", Token));
        error.Code.ShouldBe(CloudErrorCode.InvalidArgument);
        cloud.Emulator.Faults.Requests.ShouldBeEmpty();
    }
}
