namespace SkyCompat.Compute;

/// <summary>Instances of one cloud. Further abilities are found by <see cref="ICloudResource.GetService"/>: <see cref="IMachineImages"/>, <see cref="IConsoleOutput"/>, <see cref="IKeyPairs"/>,
/// <see cref="IFirewallGroups"/>, <see cref="INetworks"/>, <see cref="IDisks"/>, <see cref="ISnapshots"/>, <see cref="IPublicAddresses"/>.</summary>
/// <remarks>Safe for use by many threads. Every method raises <see cref="CloudException"/> for what the provider or the way to it does wrong; requests are retried as configured.</remarks>
public interface IComputeService : ICloudResource
{
    /// <summary>What this cloud's compute can do.</summary>
    ComputeCapabilities Capabilities { get; }

    /// <summary>Finds what can be launched for a need. One or more requests per region, and prices.</summary>
    /// <param name="query">The need and where.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The offers, in no order; none if nothing fits.</returns>
    /// <exception cref="ArgumentException">The need contradicts itself.</exception>
    IAsyncEnumerable<Offer> FindOffersAsync(OfferQuery query, CancellationToken cancellationToken = default);

    /// <summary>Asks for quota and stock before a launch, where the provider tells (<see cref="ComputeFeatures.QuotaProbe"/>, <see cref="ComputeFeatures.StockProbe"/>). Makes nothing.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="count">How many instances; from 1.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>Whether there is room; <see cref="HeadroomAnswer.Unknown"/> where the provider does not tell.</returns>
    Task<Headroom> ProbeAsync(Offer offer, int count = 1, CancellationToken cancellationToken = default);

    /// <summary>Launches instances; does not wait until they run. With the key of an earlier launch it returns that launch, whatever became of the process that began it.</summary>
    /// <param name="spec">What to launch.</param>
    /// <param name="offer">Where and on what, from <see cref="FindOffersAsync"/> of this cloud.</param>
    /// <param name="cancellationToken">Stops before the next request; what was made is found again by the key.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="ArgumentException">The key, a count, a rule or a tag is malformed.</exception>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the cloud cannot do what the specification asks; no request was sent.
    /// <see cref="CloudErrorCode.InvalidArgument"/>: user data or a tag does not fit. <see cref="CloudErrorCode.NotFound"/>: there is no such image.
    /// <see cref="CloudErrorCode.QuotaExceeded"/>, <see cref="CloudErrorCode.CapacityShortage"/>: with the scope to avoid. <see cref="CloudErrorCode.Conflict"/>: the key was used with other
    /// parameters (<see cref="ComputeErrorReasons.KeyReused"/>), or what a failure left could not be removed (<see cref="ComputeErrorReasons.CleanupIncomplete"/>).</exception>
    Task<IComputeOperation> LaunchAsync(LaunchSpec spec, Offer offer, CancellationToken cancellationToken = default);

    /// <summary>Looks an instance up. One request or a few: EC2 is asked for a running instance's health, Azure for its addresses, too.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The instance; null if there is none, or none any more.</returns>
    Task<Instance?> TryGetInstanceAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists instances. One request per page and region; those that are gone are left out.</summary>
    /// <param name="query">Which; null for all that this library made in the cloud's own region.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The instances, in no order.</returns>
    IAsyncEnumerable<Instance> ListInstancesAsync(InstanceQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Starts, stops, hibernates, reboots or terminates an instance; does not wait. Success if it is in that state already.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is none (not for Terminate). <see cref="CloudErrorCode.Conflict"/>
    /// (<see cref="ComputeErrorReasons.WrongState"/>): its state forbids it. <see cref="CloudErrorCode.Unsupported"/>: the cloud cannot; no request was sent.</exception>
    Task<IComputeOperation> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken = default);

    /// <summary>Takes an operation up again from its token. Sends no request.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The operation.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/> (<see cref="ComputeErrorReasons.BadOperationToken"/>): it is no token of this cloud.</exception>
    IComputeOperation Resume(string token);

    /// <summary>Removes what this library made and nothing needs any more: what failed launches and ended instances left.</summary>
    /// <param name="options">What is wanted; null for a dry run over everything but instances.</param>
    /// <param name="cancellationToken">Stops the sweep; what was removed stays so.</param>
    /// <returns>One result per resource of this owner, as it goes.</returns>
    IAsyncEnumerable<SweepResult> SweepAsync(SweepOptions? options = null, CancellationToken cancellationToken = default);
}
