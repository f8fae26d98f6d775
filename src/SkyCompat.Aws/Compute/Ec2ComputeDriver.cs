using Amazon.EC2;

namespace SkyCompat.Aws;

/// <summary>Amazon EC2.</summary>
internal sealed class Ec2ComputeDriver : ComputeDriver
{
    // EC2 holds 50, and one of them is the name.
    private const int MaxTags = 49;

    private readonly Ec2Clients _clients;
    private readonly Ec2Instances _instances;
    private readonly Ec2Launcher _launcher;
    private readonly Ec2Offers _offers;
    private readonly Ec2Images _images;
    private readonly Ec2Leftovers _leftovers;

    /// <summary>Makes the driver. Sends no request.</summary>
    /// <param name="clients">The clients.</param>
    /// <param name="hibernation">Whether instances are launched so that they can be hibernated.</param>
    /// <param name="time">The clock.</param>
    public Ec2ComputeDriver(Ec2Clients clients, bool hibernation, TimeProvider time)
    {
        _clients = clients;
        var calls = new Ec2Calls(clients);
        var subnets = new Ec2Subnets(calls);
        var groups = new Ec2SecurityGroups(calls, subnets);
        _instances = new Ec2Instances(calls);
        _images = new Ec2Images(calls);
        _launcher = new Ec2Launcher(calls, subnets, _images, hibernation);
        _offers = new Ec2Offers(calls, time);
        _leftovers = new Ec2Leftovers(calls);
        Firewalls = groups;
        KeyPairs = new Ec2KeyPairs(calls);
        Networks = new Ec2Networks(calls, groups);
        Disks = new Ec2Volumes(calls, _instances);
        Snapshots = new Ec2Snapshots(calls);
        Addresses = new Ec2Addresses(calls);
        Capabilities = new ComputeCapabilities
        {
            Features = ComputeFeatures.Spot | ComputeFeatures.BulkLaunch | ComputeFeatures.UserData | ComputeFeatures.Firewall | ComputeFeatures.PublicAddress | ComputeFeatures.SshKeys |
                ComputeFeatures.KeyPairs | ComputeFeatures.ConsoleOutput | ComputeFeatures.Disks | ComputeFeatures.Snapshots | ComputeFeatures.Networks | ComputeFeatures.ReservedAddresses |
                (hibernation ? ComputeFeatures.Hibernate : ComputeFeatures.None),
            MaxTags = MaxTags,
        };
    }

    public override CloudProvider Provider => CloudProvider.Aws;

    public override ComputeCapabilities Capabilities { get; }

    public override string Region => _clients.Region;

    public override string ServerAddress => _clients.AuthorityOf(Region);

    public override KeyPairDriver KeyPairs { get; }

    public override FirewallDriver Firewalls { get; }

    public override NetworkDriver Networks { get; }

    public override DiskDriver Disks { get; }

    public override SnapshotDriver Snapshots { get; }

    public override AddressDriver Addresses { get; }

    public override IReadOnlyCollection<string> ImageFamilies => Ec2Images.FamilyNames;

    public override Task<DriverPage<Offer>> FindOffersPageAsync(OfferQuery query, string? pageToken, CancellationToken cancellationToken) =>
        _offers.FindPageAsync(query, pageToken, cancellationToken);

    public override Task<MachineImage?> TryFindImageAsync(ImageReference image, CpuArchitecture architecture, string region, CancellationToken cancellationToken) =>
        _images.TryFindAsync(image, architecture, region, cancellationToken);

    public override Task<IReadOnlyDictionary<string, string>> PrepareAsync(LaunchRequest request, CancellationToken cancellationToken) => _launcher.PrepareAsync(request, cancellationToken);

    public override Task<LaunchReceipt> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken) => _launcher.LaunchAsync(request, cancellationToken);

    public override Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken) => _instances.TryGetAsync(id, cancellationToken);

    public override Task<DriverPage<Instance>> ListPageAsync(InstanceQuery query, string? pageToken, CancellationToken cancellationToken) =>
        _instances.ListPageAsync(query, pageToken, cancellationToken);

    public override async Task<string?> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken)
    {
        await _instances.ActAsync(id, action, cancellationToken).ConfigureAwait(false);
        return null;
    }

    public override Task<OperationCheck> CheckAsync(string handle, CancellationToken cancellationToken) => _instances.CheckAsync(handle, cancellationToken);

    public override Task<string> GetConsoleOutputAsync(string id, CancellationToken cancellationToken) => _instances.GetConsoleOutputAsync(id, cancellationToken);

    public override Task<IReadOnlyList<OwnedResource>> ListLeftoversAsync(string owner, string region, CancellationToken cancellationToken) =>
        _leftovers.ListAsync(owner, region, cancellationToken);

    public override Task DeleteLeftoverAsync(OwnedResource resource, CancellationToken cancellationToken) => _leftovers.DeleteAsync(resource, cancellationToken);

    public override object? GetService(Type serviceType) => serviceType == typeof(IAmazonEC2) ? _clients.Of(Region) : null;

    public override ValueTask DisposeAsync()
    {
        _clients.Dispose();
        return base.DisposeAsync();
    }
}
