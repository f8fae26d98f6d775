using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Simulation;

/// <summary>One cloud of a simulated sky.</summary>
internal sealed class SimulatedComputeDriver(SimulatedSky sky, string cloud) : ComputeDriver
{
    internal static readonly CloudProvider SimulatedProvider = new("Simulated");

    public override CloudProvider Provider => SimulatedProvider;

    public override string Region { get; } = sky.World.Clouds.First(item => item.Name == cloud).Regions[0].Name;

    public override TimeSpan VisibilityGrace => TimeSpan.Zero;

    public override IReadOnlyCollection<string> ImageFamilies => ["debian-12", "ubuntu-22.04", "ubuntu-24.04"];

    public override ComputeCapabilities Capabilities { get; } = new()
    {
        Features = ComputeFeatures.Spot | ComputeFeatures.UserData | (sky.World.Clouds.First(item => item.Name == cloud).ProbesQuota ? ComputeFeatures.QuotaProbe : ComputeFeatures.None),
    };

    public override Task<DriverPage<Offer>> FindOffersPageAsync(OfferQuery query, string? pageToken, CancellationToken cancellationToken) => Send("FindOffers", (here, _) =>
        new DriverPage<Offer>([..
            from region in here.Regions
            where query.Regions.Contains(region.Name, StringComparer.OrdinalIgnoreCase)
            from zone in region.Zones
            from type in sky.World.Types
            from market in query.Need.Markets
            select new Offer
            {
                Location = new CloudLocation(region.Name, zone.Name),
                InstanceType = type.Name,
                Family = type.Family,
                Market = market,
                Shape = type.Shape,
                HourlyPriceUsd = (market == Market.Spot ? type.SpotUsd : type.OnDemandUsd) * zone.PriceFactor,
                PricedAt = sky.Time.GetUtcNow(),
            }]));

    public override Task<Headroom> ProbeAsync(Offer offer, int count, CancellationToken cancellationToken) => Send(
        "Probe",
        (here, machines) => Used(machines, machine => machine.Offer.Location.Region == offer.Location.Region) + (long)(count * offer.Shape.VCpus) > RegionOf(here, offer).QuotaVCpus
            ? new Headroom(HeadroomAnswer.No) { Code = CloudErrorCode.QuotaExceeded, Scope = ErrorScope.Region, Detail = $"quota of {offer.Location.Region}" }
            : Headroom.Yes,
        static here => here.ProbeLatency);

    public override Task<MachineImage?> TryFindImageAsync(ImageReference image, CpuArchitecture architecture, string region, CancellationToken cancellationToken) =>
        Task.FromResult(ImageFamilies.Contains(image.ToString(), StringComparer.OrdinalIgnoreCase) ? new MachineImage(image.ToString()) { Family = image.Family, Architecture = architecture } : null);

    public override Task<LaunchReceipt> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken) => Send(
        "Launch",
        (here, machines) =>
        {
            var (name, offer) = (request.Names[0], request.Offer);
            if (here.RejectsCredentials)
            {
                throw new CloudException(CloudErrorCode.Unauthenticated, $"Cloud '{cloud}' refuses the credentials.") { Scope = ErrorScope.Cloud };
            }

            if (machines.ContainsKey((cloud, name)))
            {
                return new LaunchReceipt([name]);
            }

            if (Used(machines, machine => machine.Offer.Location.Region == offer.Location.Region) + (long)offer.Shape.VCpus > RegionOf(here, offer).QuotaVCpus)
            {
                throw new CloudException(CloudErrorCode.QuotaExceeded, $"The quota of {offer.Location.Region} is used up.") { Scope = ErrorScope.Region, IsTransient = false };
            }

            if (Used(machines, machine => machine.Offer.Location.Zone == offer.Location.Zone) + (long)offer.Shape.VCpus > RegionOf(here, offer).Zones.First(zone => zone.Name == offer.Location.Zone).StockVCpus)
            {
                throw new CloudException(CloudErrorCode.CapacityShortage, $"{offer.Location.Zone} has no {offer.InstanceType} left.") { Scope = ErrorScope.Offer, IsTransient = false };
            }

            machines[(cloud, name)] = new SimulatedMachine(cloud, name, offer, request.Tags, sky.Time.GetUtcNow());
            return new LaunchReceipt([name]);
        },
        static here => here.LaunchLatency);

    public override Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken) => Send("Get", (_, machines) => machines.GetValueOrDefault((cloud, id))?.Describe());

    public override Task<DriverPage<Instance>> ListPageAsync(InstanceQuery query, string? pageToken, CancellationToken cancellationToken) => Send(
        "List",
        (_, machines) => new DriverPage<Instance>([.. machines.Values.Where(machine => machine.Cloud == cloud && query.Regions.Contains(machine.Offer.Location.Region, StringComparer.OrdinalIgnoreCase)).Select(machine => machine.Describe())]));

    public override Task<string?> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken) => Send<string?>("Act", (_, machines) =>
    {
        var machine = machines.GetValueOrDefault((cloud, id)) ?? throw new CloudException(CloudErrorCode.NotFound, $"There is no instance '{id}'.") { Reason = ComputeErrorReasons.InstanceNotFound };
        switch (action)
        {
            case InstanceAction.Terminate:
                machines.Remove((cloud, id));
                break;
            case InstanceAction.Stop:
                machine.Become(InstancePhase.Stopped);
                break;
            case InstanceAction.Reboot when machine.Describe().Phase != InstancePhase.Running:
                throw new CloudException(CloudErrorCode.Conflict, $"Instance '{id}' does not run.") { Reason = ComputeErrorReasons.WrongState };
            default:
                machine.Become(InstancePhase.Running);
                break;
        }

        return null;
    });

    private static long Used(Dictionary<(string Cloud, string Name), SimulatedMachine> machines, Func<SimulatedMachine, bool> which) =>
        machines.Values.Where(machine => which(machine) && machine.Describe().Phase == InstancePhase.Running).Sum(machine => (long)machine.Offer.Shape.VCpus);

    private static SimulatedRegion RegionOf(SimulatedCloud here, Offer offer) => here.Regions.First(region => region.Name == offer.Location.Region);

    private Task<T> Send<T>(string operation, Func<SimulatedCloud, Dictionary<(string Cloud, string Name), SimulatedMachine>, T> run, Func<SimulatedCloud, TimeSpan>? latency = null)
    {
        try
        {
            return Task.FromResult(sky.Send(cloud, operation, latency ?? (static _ => TimeSpan.Zero), run));
        }
        catch (CloudException exception)
        {
            return Task.FromException<T>(exception);
        }
    }
}
