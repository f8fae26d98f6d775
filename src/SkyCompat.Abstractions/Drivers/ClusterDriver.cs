using SkyCompat.Clusters;

namespace SkyCompat.Drivers;

/// <summary>What an adapter implements for the clusters of one cloud. No retries, no checks, no waiting, no telemetry: those are the engine's.</summary>
/// <remarks>
/// The engine guarantees: arguments are not null and passed the checks of <see cref="IClusterService"/>; nothing is asked that <see cref="Capabilities"/> deny. A call is sent again after a transient
/// error, so each must be safe to repeat. An operation that another one of the same cluster keeps from beginning is Conflict with <see cref="ClusterErrorReasons.ClusterBusy"/>: the engine queues it.
/// A name that is taken is AlreadyExists: the engine looks whose it is. The adapter raises <see cref="CloudException"/> with the code, reason, scope and transience of its error table, sets
/// <see cref="CloudException.MayHaveTakenEffect"/> where a reply was lost after the request was sent, and need not fill Operation, Resource and Provider. An unknown state of the provider is
/// <see cref="ClusterPhase.Unknown"/>, never an exception. Safe for use by many threads.
/// </remarks>
public abstract class ClusterDriver : IAsyncDisposable
{
    /// <summary>The provider.</summary>
    public abstract CloudProvider Provider { get; }

    /// <summary>What clusters of this cloud can do.</summary>
    /// <value>Default: access only.</value>
    public virtual ClusterCapabilities Capabilities { get; } = new() { Features = ClusterFeatures.None };

    /// <summary>The region of the clusters; empty for a provider without regions.</summary>
    public virtual string Region => "";

    /// <summary>How long to wait between two looks at something that changes.</summary>
    /// <value>Default: 15 seconds.</value>
    public virtual TimeSpan PollInterval => TimeSpan.FromSeconds(15);

    /// <summary>How long what was made may not be visible yet, and what was changed be seen as it was.</summary>
    /// <value>Default: 2 minutes.</value>
    public virtual TimeSpan VisibilityGrace => TimeSpan.FromMinutes(2);

    /// <summary>The host and port that requests go to, for telemetry; null if there is none.</summary>
    public virtual string? ServerAddress => null;

    /// <summary>Node pools; null without <see cref="ClusterFeatures.NodePools"/>.</summary>
    public virtual NodePoolDriver? NodePools => null;

    /// <summary>Looks up where a cluster's API server is.</summary>
    /// <param name="name">The cluster.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The address and the certificate authority; <see cref="GetCredentialAsync"/> gives the credential, which the engine keeps and renews.</returns>
    public abstract Task<ClusterEndpoint> GetEndpointAsync(string name, CancellationToken cancellationToken);

    /// <summary>Gets a new credential for a cluster.</summary>
    /// <param name="name">The cluster.</param>
    /// <param name="endpoint">Where its API server is.</param>
    /// <param name="cancellationToken">Stops the request, if one is needed.</param>
    /// <returns>The credential, with its end where that is known.</returns>
    public abstract Task<ClusterCredential> GetCredentialAsync(string name, ClusterEndpoint endpoint, CancellationToken cancellationToken);

    /// <summary>Lists the versions on offer. Needs <see cref="ClusterFeatures.Upgrade"/>.</summary>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The versions, in any order.</returns>
    public virtual Task<IReadOnlyList<ClusterVersion>> ListVersionsAsync(CancellationToken cancellationToken) => throw Denied(ClusterFeatures.Upgrade);

    /// <summary>Looks a cluster up. Needs <see cref="ClusterFeatures.List"/>.</summary>
    /// <param name="name">The cluster.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The cluster; null if the provider knows none of that name.</returns>
    public virtual Task<ClusterInfo?> TryGetAsync(string name, CancellationToken cancellationToken) => throw Denied(ClusterFeatures.List);

    /// <summary>Lists a page of clusters of the region, whoever made them. Needs <see cref="ClusterFeatures.List"/>.</summary>
    /// <param name="pageToken">The page; null for the first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public virtual Task<DriverPage<ClusterInfo>> ListPageAsync(string? pageToken, CancellationToken cancellationToken) => throw Denied(ClusterFeatures.List);

    /// <summary>Makes a cluster, with its pools if <see cref="ClusterCapabilities.CreatesPools"/>. Needs <see cref="ClusterFeatures.Lifecycle"/>.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The provider's operation for <see cref="CheckAsync"/>; null if it has none.</returns>
    public virtual Task<string?> CreateAsync(ClusterRequest request, CancellationToken cancellationToken) => throw Denied(ClusterFeatures.Lifecycle);

    /// <summary>Upgrades the API server. Needs <see cref="ClusterFeatures.Upgrade"/>.</summary>
    /// <param name="name">The cluster.</param>
    /// <param name="version">One of <see cref="ListVersionsAsync"/>.</param>
    /// <param name="clientToken">Names the request: the same for a repetition.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The provider's operation for <see cref="CheckAsync"/>; null if it has none.</returns>
    public virtual Task<string?> UpgradeAsync(string name, string version, string clientToken, CancellationToken cancellationToken) => throw Denied(ClusterFeatures.Upgrade);

    /// <summary>Deletes a cluster; success if there is none. Needs <see cref="ClusterFeatures.Lifecycle"/>.</summary>
    /// <param name="name">The cluster.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The provider's operation for <see cref="CheckAsync"/>; null if it has none.</returns>
    public virtual Task<string?> DeleteAsync(string name, CancellationToken cancellationToken) => throw Denied(ClusterFeatures.Lifecycle);

    /// <summary>Looks at an operation of the provider's.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="handle">What the request that began it returned.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Whether it is done, and the error of one that failed; an exception means that looking failed. An operation that the provider has forgotten is done.</returns>
    public virtual Task<OperationCheck> CheckAsync(string cluster, string handle, CancellationToken cancellationToken) => Task.FromResult(OperationCheck.Done);

    /// <summary>The namespace that a cluster is set up to be used with, such as by a kubeconfig's context.</summary>
    /// <param name="name">The cluster.</param>
    /// <returns>The namespace; null if there is none. No request.</returns>
    public virtual string? GetDefaultNamespace(string name) => null;

    /// <summary>Finds the native client beneath.</summary>
    /// <param name="serviceType">The type wanted.</param>
    /// <returns>The client, or null.</returns>
    public virtual object? GetService(Type serviceType) => null;

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static NotSupportedException Denied(ClusterFeatures feature) => new($"The capabilities say that there is no {feature}.");
}
