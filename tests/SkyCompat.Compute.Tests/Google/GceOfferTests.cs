namespace SkyCompat.Compute.Tests.Google;

/// <summary>Offers, probes and images.</summary>
public sealed class GceOfferTests
{
    [Fact]
    public async Task Offers_OfARegion_AreOfAllItsZones()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var offers = await FindAsync(cloud, new MachineNeed { MinVCpus = 4, MaxVCpus = 8, MinMemoryGiB = 16, Markets = [Market.Spot, Market.OnDemand] });
        offers.Select(offer => offer.Location.Zone).Distinct(StringComparer.Ordinal).ShouldBe(["europe-west3-a", "europe-west3-b", "europe-west3-c"]);
        offers.ShouldAllBe(offer => offer.Shape.VCpus >= 4 && offer.Shape.VCpus <= 8 && offer.Shape.MemoryGiB >= 16);
        offers.Count(offer => offer.Market == Market.Spot).ShouldBe(offers.Count / 2);
        var one = offers.First(offer => offer.InstanceType == "n2-standard-4");
        one.Family.ShouldBe("n2");
        one.Shape.ShouldBe(new MachineShape(4, 16));
        offers.First(offer => offer.InstanceType == "t2a-standard-4").Shape.Architecture.ShouldBe(CpuArchitecture.Arm64);
        offers.ShouldNotContain(offer => offer.InstanceType == "n1-standard-4", "it is deprecated");
        cloud.Faults.Requests.ShouldContain(request => request.Contains("filter=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Offers_WithGraphics_SayModelAndNumber()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var offers = await FindAsync(cloud, new MachineNeed { MinVCpus = 12 }, "europe-west4");
        offers.ShouldHaveSingleItem().Shape.ShouldBe(new MachineShape(12, 85, Gpus: 1, GpuModel: "nvidia-tesla-a100"));
        offers[0].Location.Zone.ShouldBe("europe-west4-a");
    }

    [Fact]
    public async Task Offers_OfSeveralRegions_TakeOneListOfZones()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var offers = await FindAsync(cloud, new MachineNeed { InstanceType = "e2-small" }, "us-central1", "europe-west4");
        offers.Select(offer => offer.Location.Zone).ShouldBe(["us-central1-a", "us-central1-b", "us-central1-f", "europe-west4-a", "europe-west4-b"]);
        cloud.Faults.Requests.Count(request => request.Contains("/zones?", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Offers_OfZones_LookThereOnly()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var page = await cloud.Driver.FindOffersPageAsync(new OfferQuery(new MachineNeed()) { Regions = [GceTestCloud.Region], Zones = ["europe-west3-b"] }, null, default);
        page.Items.ShouldAllBe(offer => offer.Location.Zone == "europe-west3-b");
        page.NextPageToken.ShouldBeNull();
    }

    [Fact]
    public async Task Offers_OfNoRegion_NameThoseThereAre()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var error = await Should.ThrowAsync<CloudException>(() => FindAsync(cloud, new MachineNeed(), "mars-north1"));
        error.Code.ShouldBe(CloudErrorCode.NotFound);
        error.Message.ShouldContain("europe-west3");
    }

    [Theory]
    [InlineData("e2-standard-4", Market.OnDemand, "CPUS", ErrorScope.Region)]
    [InlineData("n2-standard-4", Market.OnDemand, "N2_CPUS", ErrorScope.QuotaGroup)]
    [InlineData("n2-standard-4", Market.Spot, "PREEMPTIBLE_CPUS", ErrorScope.Market)]
    public async Task Probe_QuotaTooSmall_SaysWhich(string type, Market market, string metric, ErrorScope scope)
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Emulator.SetQuota(GceTestCloud.Region, metric, 6);
        var offer = GceTestCloud.Offer(type, market) with { Shape = new MachineShape(4, 16) };
        (await cloud.Driver.ProbeAsync(offer, 1, default)).Answer.ShouldBe(HeadroomAnswer.Yes);
        var lack = await cloud.Driver.ProbeAsync(offer, 2, default);
        lack.Answer.ShouldBe(HeadroomAnswer.No);
        lack.Code.ShouldBe(CloudErrorCode.QuotaExceeded);
        lack.Scope.ShouldBe(scope);
        lack.Detail.ShouldBe($"quota of {metric}: 0 of 6 used, 8 more wanted");
    }

    [Fact]
    public async Task Probe_SpotWithoutItsOwnQuota_UsesThatOfOnDemand()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Emulator.SetQuota(GceTestCloud.Region, "N2_CPUS", 2);
        var lack = await cloud.Driver.ProbeAsync(GceTestCloud.Offer("n2-standard-4", Market.Spot) with { Shape = new MachineShape(4, 16) }, 1, default);
        lack.Detail.ShouldNotBeNull().ShouldContain("N2_CPUS");
    }

    [Fact]
    public async Task Probe_Graphics_AsksTheProjectToo()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var offer = GceTestCloud.Offer("g2-standard-4", gpus: 1);
        var lack = await cloud.Driver.ProbeAsync(offer, 1, default);
        lack.Scope.ShouldBe(ErrorScope.Cloud);
        lack.Detail.ShouldNotBeNull().ShouldContain("GPUS_ALL_REGIONS");
        cloud.Emulator.SetQuota(null, "GPUS_ALL_REGIONS", 1);
        (await cloud.Driver.ProbeAsync(offer, 1, default)).Answer.ShouldBe(HeadroomAnswer.Yes);
        cloud.Emulator.SetQuota(GceTestCloud.Region, "NVIDIA_L4_GPUS", 0);
        (await cloud.Driver.ProbeAsync(offer, 1, default)).Scope.ShouldBe(ErrorScope.QuotaGroup);
    }

    [Fact]
    public async Task Probe_AndLaunch_CountTheSame()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Emulator.SetQuota(GceTestCloud.Region, "CPUS", 3);
        await cloud.RunningAsync();
        (await cloud.Driver.ProbeAsync(GceTestCloud.Offer(), 1, default)).Answer.ShouldBe(HeadroomAnswer.No);
        var receipt = await cloud.LaunchAsync(new LaunchSpec { IdempotencyKey = "more", Image = ImageReference.OfFamily("debian-12") }, name: "more");
        var error = (await cloud.EndAsync(receipt.Handle)).ShouldNotBeNull();
        error.Code.ShouldBe(CloudErrorCode.QuotaExceeded);
        error.Scope.ShouldBe(ErrorScope.Region);
        error.IsTransient.ShouldBeFalse();
    }

    [Theory]
    [InlineData("ubuntu-24.04", CpuArchitecture.X64, "projects/ubuntu-os-cloud/global/images/ubuntu-2404-noble-amd64-v20261101")]
    [InlineData("ubuntu-24.04", CpuArchitecture.Arm64, "projects/ubuntu-os-cloud/global/images/ubuntu-2404-noble-arm64-v20261101")]
    [InlineData("ubuntu-22.04", CpuArchitecture.X64, "projects/ubuntu-os-cloud/global/images/ubuntu-2204-jammy-v20261101")]
    [InlineData("debian-12", CpuArchitecture.X64, "projects/debian-cloud/global/images/debian-12-bookworm-v20261101")]
    [InlineData("debian-12", CpuArchitecture.Arm64, "projects/debian-cloud/global/images/debian-12-bookworm-arm64-v20261101")]
    public async Task Image_OfAFamily_IsTheNewest(string family, CpuArchitecture architecture, string id)
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var image = (await cloud.Driver.TryFindImageAsync(ImageReference.OfFamily(family), architecture, GceTestCloud.Region, default)).ShouldNotBeNull();
        image.Id.ShouldBe(id);
        image.Family.ShouldBe(family);
        image.Architecture.ShouldBe(architecture);
        image.CreatedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Image_EveryFamily_IsThereForBothArchitectures()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        foreach (var family in cloud.Driver.ImageFamilies)
        {
            foreach (var architecture in Enum.GetValues<CpuArchitecture>())
            {
                (await cloud.Driver.TryFindImageAsync(ImageReference.OfFamily(family), architecture, GceTestCloud.Region, default)).ShouldNotBeNull($"{family} {architecture}");
            }
        }
    }

    [Theory]
    [InlineData("projects/debian-cloud/global/images/debian-12-bookworm-v20261101", true)]
    [InlineData("https://www.googleapis.com/compute/v1/projects/debian-cloud/global/images/debian-12-bookworm-v20261101", true)]
    [InlineData("projects/debian-cloud/global/images/family/debian-12", true)]
    [InlineData("projects/debian-cloud/global/images/nothing", false)]
    [InlineData("my-own-image", false)]
    [InlineData("../../zones", false)]
    [InlineData("ami-0abc!", false)]
    public async Task Image_OfAnId_IsFoundOrNull(string id, bool found)
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var image = await cloud.Driver.TryFindImageAsync(ImageReference.OfId(id), CpuArchitecture.X64, GceTestCloud.Region, default);
        (image?.Id).ShouldBe(found ? "projects/debian-cloud/global/images/debian-12-bookworm-v20261101" : null);
    }

    [Fact]
    public async Task Image_UnknownFamily_IsNull()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        (await cloud.Driver.TryFindImageAsync(ImageReference.OfFamily("beos-5"), CpuArchitecture.X64, GceTestCloud.Region, default)).ShouldBeNull();
    }

    private static async Task<List<Offer>> FindAsync(GceTestCloud cloud, MachineNeed need, params string[] regions)
    {
        var offers = new List<Offer>();
        string? token = null;
        do
        {
            var page = await cloud.Driver.FindOffersPageAsync(new OfferQuery(need) { Regions = regions.Length == 0 ? [GceTestCloud.Region] : regions }, token, default);
            offers.AddRange(page.Items);
            token = page.NextPageToken;
        }
        while (token is not null);
        return offers;
    }
}
