using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Compute Engine.</summary>
internal sealed class GceDriver : ComputeDriver
{
    private readonly GceClient _client;
    private readonly GceOperations _operations;
    private readonly GceInstances _instances;
    private readonly GceActions _actions;
    private readonly GceLauncher _launcher;
    private readonly GceDefaultNetwork _network;

    public GceDriver(GceContext context)
    {
        _client = new GceClient(context);
        _operations = new GceOperations(_client);
        _instances = new GceInstances(_client);
        _actions = new GceActions(_client, _instances);
        _launcher = new GceLauncher(_client, _instances);
        var networks = new GceNetworks(_client, _operations);
        _network = new GceDefaultNetwork(_client, networks);
        Networks = networks;
        Firewalls = new GceFirewalls(_client, _operations, _network);
        Addresses = new GceAddresses(_client, _operations, _instances);
        Disks = new GceDisks(_client, _operations, _instances);
        Snapshots = new GceSnapshots(_client, _operations);
    }

    public override CloudProvider Provider => CloudProvider.Google;

    public override ComputeCapabilities Capabilities { get; } = new()
    {
        // Keys are written into the metadata of instances and are no resources. Nothing stops an instance and keeps its place.
        Features = ComputeFeatures.Spot | ComputeFeatures.Hibernate | ComputeFeatures.UserData | ComputeFeatures.Firewall | ComputeFeatures.PublicAddress | ComputeFeatures.SshKeys
            | ComputeFeatures.ConsoleOutput | ComputeFeatures.Disks | ComputeFeatures.Snapshots | ComputeFeatures.Networks | ComputeFeatures.ReservedAddresses | ComputeFeatures.QuotaProbe,
        MaxUserDataBytes = GceUserData.MaxBytes,
        MaxTags = 64,
        MaxTagKeyLength = 63,
        MaxTagValueLength = 63,
        RestrictedTags = true,
    };

    public override string Region => _client.Context.Region;

    public override string ServerAddress => _client.Context.Authority;

    public override NetworkDriver Networks { get; }

    public override FirewallDriver Firewalls { get; }

    public override AddressDriver Addresses { get; }

    public override DiskDriver Disks { get; }

    public override SnapshotDriver Snapshots { get; }

    public override IReadOnlyCollection<string> ImageFamilies => GceImages.Families;

    public override Task<DriverPage<Offer>> FindOffersPageAsync(OfferQuery query, string? pageToken, CancellationToken cancellationToken)
    {
        foreach (var region in query.Regions)
        {
            GceNames.DemandRegion(region);
        }

        return new GceOffers(_client).FindPageAsync(query, pageToken, cancellationToken);
    }

    public override Task<Headroom> ProbeAsync(Offer offer, int count, CancellationToken cancellationToken) => new GceProbe(_client).ProbeAsync(offer, count, cancellationToken);

    public override Task<MachineImage?> TryFindImageAsync(ImageReference image, CpuArchitecture architecture, string region, CancellationToken cancellationToken) =>
        new GceImages(_client).TryFindAsync(image, architecture, cancellationToken);

    public override async Task<IReadOnlyDictionary<string, string>> PrepareAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        var region = request.Offer.Location.Region ?? Region;
        var (network, subnetwork) = request.Spec.SubnetId is { } subnet
            ? await _network.FindAsync(subnet, region, cancellationToken).ConfigureAwait(false)
            : await _network.FindAsync(region, request.SharedTags, cancellationToken).ConfigureAwait(false);
        var prepared = new Dictionary<string, string>(StringComparer.Ordinal) { [GceNetworks.NetworkKey] = network };
        if (subnetwork is not null)
        {
            prepared[GceNetworks.SubnetworkKey] = subnetwork;
        }

        return prepared;
    }

    public override Task<LaunchReceipt> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken) => _launcher.LaunchAsync(request, cancellationToken);

    public override Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken) => _instances.TryGetAsync(id, cancellationToken);

    public override Task<DriverPage<Instance>> ListPageAsync(InstanceQuery query, string? pageToken, CancellationToken cancellationToken)
    {
        foreach (var region in query.Regions)
        {
            GceNames.DemandRegion(region);
        }

        return _instances.ListPageAsync(query, pageToken, cancellationToken);
    }

    public override Task<string?> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken) => _actions.ActAsync(id, action, cancellationToken);

    public override Task<OperationCheck> CheckAsync(string handle, CancellationToken cancellationToken) => _operations.CheckAsync(handle, cancellationToken);

    public override async Task<string> GetConsoleOutputAsync(string id, CancellationToken cancellationToken)
    {
        if (!GceNames.TryParse(id, out var zone, out var name))
        {
            throw new CloudException(CloudErrorCode.NotFound, "The instance does not exist.") { Reason = ComputeErrorReasons.InstanceNotFound };
        }

        var console = await _client.GetAsync($"zones/{zone}/instances/{name}/serialPort?port=1", GceJson.Default.GceConsole, GceSubject.Instance, cancellationToken).ConfigureAwait(false);
        return console.Contents ?? "";
    }

    public override async ValueTask DisposeAsync()
    {
        _client.Context.Http.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
