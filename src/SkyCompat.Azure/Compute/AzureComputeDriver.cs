using Azure.Core;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Compute of one subscription's resource group: virtual machines and what belongs to them.</summary>
internal sealed class AzureComputeDriver : ComputeDriver
{
    private const int CustomDataBytes = 65_535;

    private readonly TokenCredential _credential;
    private readonly ArmClient _client;
    private readonly ArmOperations _operations;
    private readonly ArmGroups _groups;
    private readonly VirtualMachines _machines;
    private readonly MachineOffers _offers;
    private readonly CoreQuotas _quotas;
    private readonly PlatformImages _images;
    private readonly AzureNetworkDriver _networks;
    private readonly BootDiagnostics _console;
    private readonly Hibernation _hibernation;
    private readonly Leftovers _leftovers;

    public AzureComputeDriver(ArmClient client, RetailPrices prices, TokenCredential credential, string region, TimeProvider time)
    {
        _client = client;
        _credential = credential;
        Region = region;
        _groups = new ArmGroups(client);
        var sizes = new MachineSizes(client, time);
        _operations = new ArmOperations(client);
        _machines = new VirtualMachines(client, _groups);
        _offers = new MachineOffers(sizes, prices);
        _quotas = new CoreQuotas(client);
        _images = new PlatformImages(client);
        _hibernation = new Hibernation(sizes, _images);
        _networks = new AzureNetworkDriver(client, _groups);
        _console = new BootDiagnostics(client);
        _leftovers = new Leftovers(client);
        Firewalls = new AzureFirewallDriver(client, _groups);
        KeyPairs = new AzureKeyPairDriver(client, _groups);
        Disks = new AzureDiskDriver(client, _groups);
        Snapshots = new AzureSnapshotDriver(client, _groups);
        Addresses = new AzureAddressDriver(client, _groups);
    }

    public override CloudProvider Provider => CloudProvider.Azure;

    public override string Region { get; }

    public override string ServerAddress => _client.Authority;

    public override ComputeCapabilities Capabilities { get; } = new()
    {
        Features = ComputeFeatures.Spot | ComputeFeatures.StopKeepAllocated | ComputeFeatures.Hibernate | ComputeFeatures.UserData | ComputeFeatures.Firewall | ComputeFeatures.PublicAddress |
            ComputeFeatures.SshKeys | ComputeFeatures.KeyPairs | ComputeFeatures.ConsoleOutput | ComputeFeatures.Disks | ComputeFeatures.Snapshots | ComputeFeatures.Networks |
            ComputeFeatures.ReservedAddresses | ComputeFeatures.QuotaProbe,
        MaxUserDataBytes = CustomDataBytes,
        MaxTags = 50,
        MaxTagKeyLength = 512,
        MaxTagValueLength = 256,
    };

    public override KeyPairDriver KeyPairs { get; }

    public override FirewallDriver Firewalls { get; }

    public override NetworkDriver Networks => _networks;

    public override DiskDriver Disks { get; }

    public override SnapshotDriver Snapshots { get; }

    public override AddressDriver Addresses { get; }

    public override IReadOnlyCollection<string> ImageFamilies => ImageFamily.Names;

    public override Task<DriverPage<Offer>> FindOffersPageAsync(OfferQuery query, string? pageToken, CancellationToken cancellationToken) =>
        _offers.FindPageAsync(query, pageToken, cancellationToken);

    public override Task<Headroom> ProbeAsync(Offer offer, int count, CancellationToken cancellationToken) => _quotas.ProbeAsync(offer, count, cancellationToken);

    public override Task<MachineImage?> TryFindImageAsync(ImageReference image, CpuArchitecture architecture, string region, CancellationToken cancellationToken) =>
        _images.TryFindAsync(image, architecture, region, cancellationToken);

    public override async Task<IReadOnlyDictionary<string, string>> PrepareAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        var region = request.Offer.Location.Region ?? Region;
        var prepared = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [VirtualMachineBody.Subnet] = request.Spec.SubnetId ?? await _networks.EnsureDefaultAsync(region, request.SharedTags, cancellationToken).ConfigureAwait(false),
        };
        if (await _hibernation.IsPossibleAsync(request, region, cancellationToken).ConfigureAwait(false))
        {
            prepared[Hibernation.Prepared] = "";
        }

        return prepared;
    }

    public override Task<LaunchReceipt> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken) =>
        _machines.LaunchAsync(request, request.Offer.Location.Region ?? Region, cancellationToken);

    public override Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken) => _machines.TryGetAsync(id, cancellationToken);

    public override Task<DriverPage<Instance>> ListPageAsync(InstanceQuery query, string? pageToken, CancellationToken cancellationToken) =>
        _machines.ListPageAsync(query, pageToken, cancellationToken);

    public override Task<string?> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken) => _machines.ActAsync(id, action, cancellationToken);

    public override Task<OperationCheck> CheckAsync(string handle, CancellationToken cancellationToken) => _operations.CheckAsync(handle, ArmSubject.Instance, cancellationToken);

    public override Task<string> GetConsoleOutputAsync(string id, CancellationToken cancellationToken) => _console.ReadAsync(id, cancellationToken);

    public override Task<IReadOnlyList<OwnedResource>> ListLeftoversAsync(string owner, string region, CancellationToken cancellationToken) => _leftovers.ListAsync(owner, region, cancellationToken);

    public override Task DeleteLeftoverAsync(OwnedResource resource, CancellationToken cancellationToken) => _leftovers.DeleteAsync(resource, cancellationToken);

    public override object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType == typeof(TokenCredential) ? _credential : null;
    }

    public override ValueTask DisposeAsync()
    {
        _client.Context.Tokens.Dispose();
        return base.DisposeAsync();
    }
}
