using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Instances of an account in ECS.</summary>
internal sealed class EcsComputeDriver : ComputeDriver
{
    private readonly EcsContext _context;
    private readonly EcsInstances _instances;
    private readonly EcsImages _images;
    private readonly EcsStock _stock;
    private readonly EcsOffers _offers;
    private readonly EcsLauncher _launcher;

    public EcsComputeDriver(EcsContext context)
    {
        _context = context;
        var networks = new VpcNetworks(context);
        var firewalls = new EcsFirewalls(context, networks);
        _instances = new EcsInstances(context);
        _images = new EcsImages(context);
        _stock = new EcsStock(context);
        _offers = new EcsOffers(context, _stock, new EcsPrices(context));
        _launcher = new EcsLauncher(context, networks, firewalls);
        Firewalls = firewalls;
        Networks = new VpcNetworkDriver(context, networks, firewalls);
        KeyPairs = new EcsKeyPairs(context);
        Disks = new EcsDisks(context);
        Snapshots = new EcsSnapshots(context);
        Addresses = new VpcAddresses(context);
    }

    public override CloudProvider Provider => CloudProvider.Alibaba;

    public override ComputeCapabilities Capabilities => EcsProfile.Capabilities;

    public override string Region => _context.Region;

    public override string ServerAddress => _context.Rpc.EndpointOf(RpcService.Ecs, _context.Region).Authority;

    public override KeyPairDriver KeyPairs { get; }

    public override FirewallDriver Firewalls { get; }

    public override NetworkDriver Networks { get; }

    public override DiskDriver Disks { get; }

    public override SnapshotDriver Snapshots { get; }

    public override AddressDriver Addresses { get; }

    public override IReadOnlyCollection<string> ImageFamilies => EcsImages.Families;

    public override Task<DriverPage<Offer>> FindOffersPageAsync(OfferQuery query, string? pageToken, CancellationToken cancellationToken) => _offers.FindPageAsync(query, pageToken, cancellationToken);

    public override Task<Headroom> ProbeAsync(Offer offer, int count, CancellationToken cancellationToken) => _stock.ProbeAsync(offer, cancellationToken);

    public override bool LaunchTokensOutliveInstances => true;

    public override Task<MachineImage?> TryFindImageAsync(ImageReference image, CpuArchitecture architecture, string region, CancellationToken cancellationToken) =>
        _images.TryFindAsync(image, architecture, region, cancellationToken);

    public override Task<IReadOnlyDictionary<string, string>> PrepareAsync(LaunchRequest request, CancellationToken cancellationToken) => _launcher.PrepareAsync(request, cancellationToken);

    public override Task<LaunchReceipt> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken) => _launcher.LaunchAsync(request, cancellationToken);

    public override Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken) => _instances.TryGetAsync(id, cancellationToken);

    public override Task<DriverPage<Instance>> ListPageAsync(InstanceQuery query, string? pageToken, CancellationToken cancellationToken) => _instances.ListPageAsync(query, pageToken, cancellationToken);

    public override async Task<string?> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken)
    {
        await _instances.ActAsync(id, action, cancellationToken).ConfigureAwait(false);
        return null;
    }

    public override Task<string> GetConsoleOutputAsync(string id, CancellationToken cancellationToken) => _instances.GetConsoleOutputAsync(id, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        _context.Rpc.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
