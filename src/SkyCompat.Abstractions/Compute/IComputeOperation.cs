namespace SkyCompat.Compute;

/// <summary>A launch or an action that goes on at the provider. Its token can be stored and resumed in another process.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public interface IComputeOperation
{
    /// <summary>What to store: names the cloud, the instances and the goal. Holds no secret and no user data.</summary>
    string Token { get; }

    /// <summary>Looks once.</summary>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>How far it is; a failure of the operation is a status, not an exception. One request per instance and one for the provider's own operation.</returns>
    /// <exception cref="CloudException">Looking failed.</exception>
    Task<ComputeOperationStatus> PollAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits until the goal is reached. Fails at once when an instance comes to a state from which it cannot be.</summary>
    /// <param name="progress">Told what each look showed; null for nobody.</param>
    /// <param name="cancellationToken">Stops waiting, not the operation.</param>
    /// <returns>The instances, in their order of creation.</returns>
    /// <exception cref="CloudException">The operation failed (with the provider's error; <see cref="ComputeErrorReasons.Preempted"/>, <see cref="ComputeErrorReasons.TerminalState"/>,
    /// <see cref="ComputeErrorReasons.NothingLaunched"/>), or looking did.</exception>
    Task<IReadOnlyList<Instance>> WaitAsync(IProgress<ComputeOperationStatus>? progress = null, CancellationToken cancellationToken = default);
}
