using SkyCompat.Emulators.AlibabaEcs;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>Offers, stock, prices and images.</summary>
public sealed class EcsOfferTests
{
    [Fact]
    public async Task Find_ByNeed_FiltersAtTheProviderAndTellsZonesMarketsAndPrices()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var query = new OfferQuery(new MachineNeed { MinVCpus = 4, MaxVCpus = 4, MinMemoryGiB = 16, Markets = [Market.Spot, Market.OnDemand] }) { Regions = [EcsTestCloud.Region] };

        var offers = (await cloud.Driver.FindOffersPageAsync(query, null, default)).Items;

        offers.Count.ShouldBe(6);
        offers.ShouldAllBe(offer => offer.InstanceType == "ecs.g7.xlarge" && offer.Family == "ecs.g7" && offer.Shape == new MachineShape(4, 16, CpuArchitecture.X64, 0, null));
        offers.Where(offer => offer.Market == Market.Spot).ShouldAllBe(offer => offer.HourlyPriceUsd == 0.05m && offer.PricedAt != null);
        offers.Where(offer => offer.Market == Market.OnDemand).ShouldAllBe(offer => offer.HourlyPriceUsd == 0.2m);
        var call = cloud.Calls("DescribeInstanceTypes").ShouldHaveSingleItem();
        (call["MinimumCpuCoreCount"], call["MaximumCpuCoreCount"], call["MinimumMemorySize"], call["CpuArchitecture"], call["MaximumGPUAmount"]).ShouldBe(("4", "4", "16", "X86", "0"));
        cloud.Calls("DescribeAvailableResource").Count.ShouldBe(2);

        // One price for the region on demand, one for each zone in the spot market.
        cloud.Calls("DescribePrice").Count.ShouldBe(4);
    }

    [Fact]
    public async Task Find_Gpu_TellsTheModel()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var query = new OfferQuery(new MachineNeed { Gpu = new GpuNeed(1, "a10") }) { Regions = [EcsTestCloud.Region], Zones = [EcsTestCloud.Zone] };

        var offer = (await cloud.Driver.FindOffersPageAsync(query, null, default)).Items.ShouldHaveSingleItem();

        (offer.Shape.Gpus, offer.Shape.GpuModel, offer.Location.Zone).ShouldBe((1, "NVIDIA A10", EcsTestCloud.Zone));
        cloud.Calls("DescribeAvailableResource").ShouldHaveSingleItem()["ZoneId"].ShouldBe(EcsTestCloud.Zone);
    }

    [Fact]
    public async Task Find_Arm_AsksForArm()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var query = new OfferQuery(new MachineNeed { Architecture = CpuArchitecture.Arm64 }) { Regions = [EcsTestCloud.Region] };

        (await cloud.Driver.FindOffersPageAsync(query, null, default)).Items.Select(offer => offer.InstanceType).Distinct(StringComparer.Ordinal).ShouldBe(["ecs.g8y.large", "ecs.g8y.xlarge"], ignoreOrder: true);
    }

    [Fact]
    public async Task Find_SoldOutOrNotSold_AreLeftOut()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        cloud.State.SetSoldOut(EcsTestCloud.Zone, "ecs.g7.large");
        cloud.State.SetNotSold("cn-hangzhou-i", "ecs.g7.large");
        var query = new OfferQuery(new MachineNeed { InstanceType = "ecs.g7.large" }) { Regions = [EcsTestCloud.Region] };

        (await cloud.Driver.FindOffersPageAsync(query, null, default)).Items.ShouldHaveSingleItem().Location.Zone.ShouldBe("cn-hangzhou-j");
    }

    [Fact]
    public async Task Find_AccountPaysInYuan_HasNoPricesAndAsksForOne()
    {
        await using var cloud = await EcsTestCloud.StartAsync(new EcsEmulatorOptions { Currency = "CNY" });
        var query = new OfferQuery(new MachineNeed()) { Regions = [EcsTestCloud.Region] };

        (await cloud.Driver.FindOffersPageAsync(query, null, default)).Items.ShouldAllBe(offer => offer.HourlyPriceUsd == null && offer.PricedAt == null);
        cloud.Calls("DescribePrice").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Find_SeveralRegionsAndPages_AreReadOneAfterTheOther()
    {
        await using var cloud = await EcsTestCloud.StartAsync(new EcsEmulatorOptions { MaxPageSize = 3 });
        var query = new OfferQuery(new MachineNeed()) { Regions = [EcsTestCloud.Region, EcsTestCloud.OtherRegion] };
        var offers = new List<Offer>();
        string? token = null;
        do
        {
            var page = await cloud.Driver.FindOffersPageAsync(query, token, default);
            offers.AddRange(page.Items);
            token = page.NextPageToken;
        }
        while (token is not null);

        // Seven types of x86 without graphics in three zones here and two there.
        offers.Count.ShouldBe(7 * 5);
        offers.Distinct().Count().ShouldBe(offers.Count);
    }

    [Theory]
    [InlineData("stock", HeadroomAnswer.Yes, null)]
    [InlineData("none", HeadroomAnswer.No, CloudErrorCode.CapacityShortage)]
    [InlineData("never", HeadroomAnswer.No, CloudErrorCode.Unsupported)]
    public async Task Probe_TellsStock(string case_, HeadroomAnswer answer, CloudErrorCode? code)
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        if (case_ == "none")
        {
            cloud.State.SetSoldOut(EcsTestCloud.Zone, "ecs.g7.large", "NoSpot");
        }

        if (case_ == "never")
        {
            cloud.State.SetNotSold(EcsTestCloud.Zone, "ecs.g7.large");
        }

        var headroom = await cloud.Driver.ProbeAsync(EcsLaunches.Offer(), 1, default);

        (headroom.Answer, headroom.Code).ShouldBe((answer, code));
        headroom.Scope.ShouldBe(answer == HeadroomAnswer.No ? ErrorScope.Offer : ErrorScope.Request);
    }

    [Fact]
    public async Task Probe_Markets_HaveTheirOwnStock()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        cloud.State.SetSoldOut(EcsTestCloud.Zone, "ecs.g7.large", "Spot");

        (await cloud.Driver.ProbeAsync(EcsLaunches.Offer(market: Market.Spot), 1, default)).Answer.ShouldBe(HeadroomAnswer.No);
        (await cloud.Driver.ProbeAsync(EcsLaunches.Offer(), 1, default)).Answer.ShouldBe(HeadroomAnswer.Yes);
    }

    [Theory]
    [InlineData("ubuntu-24.04", CpuArchitecture.X64, "ubuntu_24_04_x64_20G_alibase_20251102.vhd")]
    [InlineData("ubuntu-24.04", CpuArchitecture.Arm64, "ubuntu_24_04_arm64_20G_alibase_20251102.vhd")]
    [InlineData("ubuntu-22.04", CpuArchitecture.X64, "ubuntu_22_04_x64_20G_alibase_20251102.vhd")]
    [InlineData("debian-12", CpuArchitecture.X64, "debian_12_11_x64_20G_alibase_20250917.vhd")]
    [InlineData("debian-12", CpuArchitecture.Arm64, "debian_12_11_arm64_20G_alibase_20250917.vhd")]
    [InlineData("alibaba-linux-3", CpuArchitecture.X64, "aliyun_3_x64_20G_alibase_20251030.vhd")]
    public async Task FindImage_Family_IsTheNewest(string family, CpuArchitecture architecture, string expected)
    {
        await using var cloud = await EcsTestCloud.StartAsync();

        var image = await cloud.Driver.TryFindImageAsync(ImageReference.OfFamily(family), architecture, EcsTestCloud.Region, default);

        (image!.Id, image.Family, image.Architecture, image.CreatedAt is null).ShouldBe((expected, family, architecture, false));
        cloud.Driver.ImageFamilies.ShouldContain(family, StringComparer.Ordinal);
    }

    [Fact]
    public async Task FindImage_IdOrUnknown()
    {
        await using var cloud = await EcsTestCloud.StartAsync();

        (await cloud.Driver.TryFindImageAsync(ImageReference.OfId(EcsLaunches.Image), CpuArchitecture.X64, EcsTestCloud.Region, default))!.Id.ShouldBe(EcsLaunches.Image);
        (await cloud.Driver.TryFindImageAsync(ImageReference.OfId("m-none"), CpuArchitecture.X64, EcsTestCloud.Region, default)).ShouldBeNull();
        (await cloud.Driver.TryFindImageAsync(ImageReference.OfFamily("beos-5"), CpuArchitecture.X64, EcsTestCloud.Region, default)).ShouldBeNull();
    }
}
