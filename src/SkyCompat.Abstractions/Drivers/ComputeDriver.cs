using SkyCompat.Compute;

namespace SkyCompat.Drivers;

/// <summary>What an adapter implements for the instances of one cloud. No retries, no checks, no waiting, no telemetry: those are the engine's.</summary>
/// <remarks>
/// The engine guarantees: arguments are not null and passed the checks of <see cref="IComputeService"/>; nothing is asked that <see cref="Capabilities"/> deny; regions are filled in
/// (<see cref="OfferQuery.Regions"/>, <see cref="InstanceQuery.Regions"/> are never empty). A call is sent again after a transient error, so each must be safe to repeat: what it makes has a
/// name or a client token that comes from its arguments, and "already there, and ours" is success. The adapter raises <see cref="CloudException"/> with the code, reason, scope and transience of
/// its error table, sets <see cref="CloudException.MayHaveTakenEffect"/> where a reply was lost after the request was sent, lets <see cref="OperationCanceledException"/> pass, and need not fill
/// Operation, Resource and Provider. An unknown state of the provider is <see cref="InstancePhase.Unknown"/>, never an exception. Safe for use by many threads.
/// </remarks>
public abstract class ComputeDriver : IAsyncDisposable
{
    /// <summary>The provider.</summary>
    public abstract CloudProvider Provider { get; }

    /// <summary>What compute of this cloud can do.</summary>
    public abstract ComputeCapabilities Capabilities { get; }

    /// <summary>The region to use where none is asked for; empty for a provider without regions.</summary>
    public abstract string Region { get; }

    /// <summary>How long to wait between two looks at something that changes.</summary>
    /// <value>Default: 5 seconds.</value>
    public virtual TimeSpan PollInterval => TimeSpan.FromSeconds(5);

    /// <summary>How long an instance that was launched may not be visible yet.</summary>
    /// <value>Default: 2 minutes.</value>
    public virtual TimeSpan VisibilityGrace => TimeSpan.FromMinutes(2);

    /// <summary>How long something that a client token made may not be shown yet. What a token is answered with and is not shown after that was made earlier and is gone: the engine then makes
    /// it anew with the next token.</summary>
    /// <value>Default: 20 seconds.</value>
    public virtual TimeSpan TokenGrace => TimeSpan.FromSeconds(20);

    /// <summary>Whether a launch is answered with the ids of an earlier one with the same client token although those instances are gone and not listed any more. The engine then looks whether
    /// what was launched is shown; see <see cref="TokenGrace"/>.</summary>
    /// <value>Default: false.</value>
    public virtual bool LaunchTokensOutliveInstances => false;

    /// <summary>The host and port that requests go to, for telemetry; null if there is none.</summary>
    public virtual string? ServerAddress => null;

    /// <summary>Key pairs; null without <see cref="ComputeFeatures.KeyPairs"/>.</summary>
    public virtual KeyPairDriver? KeyPairs => null;

    /// <summary>Firewall groups; null without <see cref="ComputeFeatures.Firewall"/>.</summary>
    public virtual FirewallDriver? Firewalls => null;

    /// <summary>Networks; null without <see cref="ComputeFeatures.Networks"/>.</summary>
    public virtual NetworkDriver? Networks => null;

    /// <summary>Disks; null without <see cref="ComputeFeatures.Disks"/>.</summary>
    public virtual DiskDriver? Disks => null;

    /// <summary>Snapshots; null without <see cref="ComputeFeatures.Snapshots"/>.</summary>
    public virtual SnapshotDriver? Snapshots => null;

    /// <summary>Reserved addresses; null without <see cref="ComputeFeatures.ReservedAddresses"/>.</summary>
    public virtual AddressDriver? Addresses => null;

    /// <summary>The image families that <see cref="TryFindImageAsync"/> translates.</summary>
    public abstract IReadOnlyCollection<string> ImageFamilies { get; }

    /// <summary>Finds a page of offers. May return more than the need asks; the engine filters by shape and market. Prices where the provider tells them in the same or few requests.</summary>
    /// <param name="query">The need, regions and zones.</param>
    /// <param name="pageToken">The page; null for the first.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>One page.</returns>
    public abstract Task<DriverPage<Offer>> FindOffersPageAsync(OfferQuery query, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Asks for quota and stock. Needs <see cref="ComputeFeatures.QuotaProbe"/> or <see cref="ComputeFeatures.StockProbe"/>.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="count">How many instances.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>Whether there is room.</returns>
    public virtual Task<Headroom> ProbeAsync(Offer offer, int count, CancellationToken cancellationToken) => Task.FromResult(Headroom.Unknown);

    /// <summary>Finds an image.</summary>
    /// <param name="image">A family of <see cref="ImageFamilies"/>, or an id.</param>
    /// <param name="architecture">The instruction set.</param>
    /// <param name="region">The region.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The image; null if there is none.</returns>
    public abstract Task<MachineImage?> TryFindImageAsync(ImageReference image, CpuArchitecture architecture, string region, CancellationToken cancellationToken);

    /// <summary>Makes, or finds, what instances need and share: network, firewall group, key. May send several requests, each safe to repeat.</summary>
    /// <param name="request">The launch to come.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The names and ids that <see cref="LaunchAsync"/> gets as <see cref="LaunchRequest.Prepared"/>; empty if nothing is needed.</returns>
    public virtual Task<IReadOnlyDictionary<string, string>> PrepareAsync(LaunchRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Launches: one instance, or with <see cref="ComputeFeatures.BulkLaunch"/> several. Idempotent by <see cref="LaunchRequest.ClientToken"/> or by the instances' names.</summary>
    /// <param name="request">What to launch.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The ids, and the provider's operation if it has one.</returns>
    public abstract Task<LaunchReceipt> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken);

    /// <summary>Looks an instance up.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The instance; null if the provider knows none of that id.</returns>
    public abstract Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists a page of instances, those that are gone included if the provider shows them. The engine filters again by tags.</summary>
    /// <param name="query">The regions and tags; push what the provider can filter.</param>
    /// <param name="pageToken">The page; null for the first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public abstract Task<DriverPage<Instance>> ListPageAsync(InstanceQuery query, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Asks for an action; does not wait. An instance that does not exist is NotFound (InstanceNotFound), a state that forbids it Conflict (WrongState).</summary>
    /// <param name="id">Its id.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The provider's operation for <see cref="CheckAsync"/>; null if it has none.</returns>
    public abstract Task<string?> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken);

    /// <summary>Looks at an operation of the provider's.</summary>
    /// <param name="handle">What <see cref="LaunchAsync"/> or <see cref="ActAsync"/> returned.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Whether it is done, and the error of one that failed; an exception means that looking failed. An operation that the provider has forgotten is done.</returns>
    public virtual Task<OperationCheck> CheckAsync(string handle, CancellationToken cancellationToken) => Task.FromResult(OperationCheck.Done);

    /// <summary>Reads the console. Needs <see cref="ComputeFeatures.ConsoleOutput"/>.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The text.</returns>
    public virtual Task<string> GetConsoleOutputAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException("The capabilities say that there is no console output.");

    /// <summary>Lists what was made beside instances, disks, snapshots, firewall groups, key pairs, networks and addresses of the sub-drivers, such as an address or interface that a
    /// launch made and its instance left behind.</summary>
    /// <param name="owner">The value of the tag <c>skycompat-owner</c>.</param>
    /// <param name="region">The region.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The resources.</returns>
    public virtual Task<IReadOnlyList<OwnedResource>> ListLeftoversAsync(string owner, string region, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<OwnedResource>>([]);

    /// <summary>Removes one of <see cref="ListLeftoversAsync"/>; success if it is gone.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is accepted.</returns>
    public virtual Task DeleteLeftoverAsync(OwnedResource resource, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Finds the native client.</summary>
    /// <param name="serviceType">The type wanted.</param>
    /// <returns>The client, or null.</returns>
    public virtual object? GetService(Type serviceType) => null;

    /// <summary>Frees connections and files.</summary>
    /// <returns>A task that ends when they are free.</returns>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
