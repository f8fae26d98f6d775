using SkyCompat.Compute;
using SkyCompat.Conformance.Internal;

namespace SkyCompat.Conformance.Suites;

/// <summary>Finding and probing offers, and images.</summary>
internal static class OfferCases
{
    public static IReadOnlyList<ComputeCase> All { get; } =
    [
        new("offers.fit", "Every offer meets the need, and says what it is, where and for how much", Fit),
        new("offers.none", "An impossible need has no offers", None),
        new("offers.markets", "Only the markets that were asked for are offered", Markets),
        new("offers.type", "An exact instance type is the only one offered", ExactType),
        new("offers.elsewhere", "A region that is not one has no offers, or is refused", Elsewhere),
        .. Bad.Select(bad => new ComputeCase($"offers.bad.{bad.Id}", "A need that contradicts itself is refused before any request", (c, t) => Refuse(c, bad.Need, t))),
        new("offers.probe", "An offer can be probed", Probe),
        new("offers.probe.count", "A count below one is refused", ProbeCount),
        new("images.families", "The three common families are known and found", Families),
        new("images.unknown", "An unknown image is null", UnknownImage),
        new("images.id", "An image that was found is found by its id", ImageById),
    ];

    private static (string Id, MachineNeed Need)[] Bad =>
    [
        ("cpus-zero", new MachineNeed { MinVCpus = 0 }),
        ("cpus-reversed", new MachineNeed { MinVCpus = 4, MaxVCpus = 2 }),
        ("memory-negative", new MachineNeed { MinMemoryGiB = -1 }),
        ("memory-reversed", new MachineNeed { MinMemoryGiB = 8, MaxMemoryGiB = 4 }),
        ("gpu-zero", new MachineNeed { Gpu = new GpuNeed(0) }),
        ("markets-empty", new MachineNeed { Markets = [] }),
        ("markets-twice", new MachineNeed { Markets = [Market.Spot, Market.Spot] }),
    ];

    private static async Task<List<Offer>> ListAsync(ComputeContext context, OfferQuery query, CancellationToken cancellationToken)
    {
        var offers = new List<Offer>();
        await foreach (var offer in context.Compute.FindOffersAsync(query, cancellationToken))
        {
            offers.Add(offer);
        }

        return offers;
    }

    private static async Task Fit(ComputeContext context, CancellationToken cancellationToken)
    {
        var need = context.Harness.Need with { MinVCpus = 2, MinMemoryGiB = 4 };
        var offers = await ListAsync(context, new OfferQuery(need), cancellationToken);
        Expect.True(offers.Count > 0);
        foreach (var offer in offers)
        {
            Expect.Null(need.Refuses(offer.Shape), offer.ToString());
            Expect.Equal(context.Compute.Name, offer.Cloud);
            Expect.True(offer.InstanceType.Length > 0);
            Expect.True(!string.IsNullOrEmpty(offer.Location.Region));
            Expect.Equal(offer.HourlyPriceUsd is null, offer.PricedAt is null, "whether a price has a date");
            Expect.True(offer.HourlyPriceUsd is null or >= 0);
        }

        Expect.Equal(offers.Count, offers.Select(offer => (offer.Location, offer.InstanceType, offer.Market)).Distinct().Count(), "the number of distinct offers");
    }

    private static async Task None(ComputeContext context, CancellationToken cancellationToken)
    {
        var offers = await ListAsync(context, new OfferQuery(new MachineNeed { MinVCpus = 100_000 }), cancellationToken);
        Expect.Equal(0, offers.Count);
    }

    private static async Task Markets(ComputeContext context, CancellationToken cancellationToken)
    {
        foreach (var market in Enum.GetValues<Market>())
        {
            var offers = await ListAsync(context, new OfferQuery(context.Harness.Need with { Markets = [market] }), cancellationToken);
            Expect.True(offers.TrueForAll(offer => offer.Market == market));
            Expect.Equal(market == Market.OnDemand || context.Has(ComputeFeatures.Spot), offers.Count > 0, $"whether there are {market} offers");
        }
    }

    private static async Task ExactType(ComputeContext context, CancellationToken cancellationToken)
    {
        var one = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var offers = await ListAsync(context, new OfferQuery(context.Harness.Need with { InstanceType = one.InstanceType }), cancellationToken);
        Expect.True(offers.Count > 0);
        Expect.True(offers.TrueForAll(offer => offer.InstanceType == one.InstanceType));
    }

    private static async Task Elsewhere(ComputeContext context, CancellationToken cancellationToken)
    {
        try
        {
            Expect.Equal(0, (await ListAsync(context, new OfferQuery(context.Harness.Need) { Regions = ["no-such-region-1"] }, cancellationToken)).Count);
        }
        catch (CloudException exception)
        {
            Expect.True(exception.Code is CloudErrorCode.InvalidArgument or CloudErrorCode.NotFound or CloudErrorCode.Unavailable or CloudErrorCode.Unauthenticated, exception.Message);
        }
    }

    private static async Task Refuse(ComputeContext context, MachineNeed need, CancellationToken cancellationToken) =>
        await Expect.ThrowsAsync<ArgumentException>(() => ListAsync(context, new OfferQuery(need), cancellationToken));

    private static async Task Probe(ComputeContext context, CancellationToken cancellationToken)
    {
        var headroom = await context.Compute.ProbeAsync(await context.OfferAsync(Market.OnDemand, cancellationToken), 1, cancellationToken);
        var probes = (context.Compute.Capabilities.Features & (ComputeFeatures.QuotaProbe | ComputeFeatures.StockProbe)) != ComputeFeatures.None;
        Expect.Equal(probes ? HeadroomAnswer.Yes : HeadroomAnswer.Unknown, headroom.Answer);
    }

    private static async Task ProbeCount(ComputeContext context, CancellationToken cancellationToken)
    {
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        await Expect.ThrowsAsync<ArgumentOutOfRangeException>(() => context.Compute.ProbeAsync(offer, 0, cancellationToken));
    }

    private static async Task Families(ComputeContext context, CancellationToken cancellationToken)
    {
        var images = context.Service<IMachineImages>();
        foreach (var family in (string[])["ubuntu-24.04", "ubuntu-22.04", "debian-12"])
        {
            Expect.True(images.Families.Contains(family, StringComparer.Ordinal), family);
            var image = Expect.NotNull(await images.TryFindAsync(ImageReference.OfFamily(family), cancellationToken: cancellationToken), family);
            Expect.True(image.Id.Length > 0);
        }
    }

    private static async Task UnknownImage(ComputeContext context, CancellationToken cancellationToken) =>
        Expect.Null(await context.Service<IMachineImages>().TryFindAsync(ImageReference.OfFamily("no-such-family"), cancellationToken: cancellationToken));

    private static async Task ImageById(ComputeContext context, CancellationToken cancellationToken)
    {
        var images = context.Service<IMachineImages>();
        var image = Expect.NotNull(await images.TryFindAsync(context.Harness.Image, cancellationToken: cancellationToken));
        Expect.Equal(image.Id, (await images.TryFindAsync(ImageReference.OfId(image.Id), cancellationToken: cancellationToken))?.Id);
    }
}
