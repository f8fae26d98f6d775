namespace SkyCompat.Clusters;

/// <summary>A change of a cluster or its node pools that goes on at the provider. Its token can be stored and resumed in another process.</summary>
/// <remarks>Safe for use by many threads. Some operations are several requests, such as deleting the pools before their cluster, or wait for another operation of the cluster to end: looking sends
/// the next request when its time has come, so an operation that nobody looks at may stand still.</remarks>
public interface IClusterOperation
{
    /// <summary>What to store: names the cloud, the cluster and the goal. Holds no secret. It grows as the operation goes on; an older one does as well, at the price of some requests.</summary>
    string Token { get; }

    /// <summary>Looks once, and sends the next request if its time has come.</summary>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>How far it is; a failure of the operation is a status, not an exception.</returns>
    /// <exception cref="CloudException">Looking failed.</exception>
    Task<ClusterOperationStatus> PollAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits until the goal is reached. Fails at once when cluster or pool come to a state from which it cannot be.</summary>
    /// <param name="progress">Told what each look showed; null for nobody.</param>
    /// <param name="cancellationToken">Stops waiting, not the operation.</param>
    /// <returns>The last status.</returns>
    /// <exception cref="CloudException">The operation failed (with the provider's error; <see cref="ClusterErrorReasons.TerminalState"/>, <see cref="ClusterErrorReasons.NothingCreated"/>), or looking did.</exception>
    Task<ClusterOperationStatus> WaitAsync(IProgress<ClusterOperationStatus>? progress = null, CancellationToken cancellationToken = default);
}
