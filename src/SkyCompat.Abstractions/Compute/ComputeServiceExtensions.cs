namespace SkyCompat.Compute;

/// <summary>Short forms for <see cref="IComputeService"/>.</summary>
public static class ComputeServiceExtensions
{
    /// <summary>Looks an instance up, or fails. Requests as those of <see cref="IComputeService.TryGetInstanceAsync"/>.</summary>
    /// <param name="compute">The service.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The instance.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/> (<see cref="ComputeErrorReasons.InstanceNotFound"/>): there is none.</exception>
    public static async Task<Instance> GetInstanceAsync(this IComputeService compute, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(compute);
        return await compute.TryGetInstanceAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new CloudException(CloudErrorCode.NotFound, $"Cloud '{compute.Name}' has no instance '{id}'; list those there are.")
            {
                Reason = ComputeErrorReasons.InstanceNotFound,
                Resource = id,
            };
    }

    /// <summary>Launches instances and waits until they run.</summary>
    /// <param name="compute">The service.</param>
    /// <param name="spec">What to launch.</param>
    /// <param name="offer">Where and on what.</param>
    /// <param name="cancellationToken">Stops waiting; what was launched stays, and is found again by its key.</param>
    /// <returns>The running instances.</returns>
    public static async Task<IReadOnlyList<Instance>> LaunchAndWaitAsync(this IComputeService compute, LaunchSpec spec, Offer offer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(compute);
        var operation = await compute.LaunchAsync(spec, offer, cancellationToken).ConfigureAwait(false);
        return await operation.WaitAsync(null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a stopped or hibernated instance.</summary>
    /// <inheritdoc cref="IComputeService.ActAsync" path="/exception"/>
    /// <param name="compute">The service.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The operation.</returns>
    public static Task<IComputeOperation> StartAsync(this IComputeService compute, string id, CancellationToken cancellationToken = default) =>
        Act(compute, id, InstanceAction.Start, cancellationToken);

    /// <summary>Stops an instance so that compute is no longer billed.</summary>
    /// <inheritdoc cref="IComputeService.ActAsync" path="/exception"/>
    /// <param name="compute">The service.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The operation.</returns>
    public static Task<IComputeOperation> StopAsync(this IComputeService compute, string id, CancellationToken cancellationToken = default) =>
        Act(compute, id, InstanceAction.Stop, cancellationToken);

    /// <summary>Stops an instance that keeps its place and its bill.</summary>
    /// <inheritdoc cref="IComputeService.ActAsync" path="/exception"/>
    /// <param name="compute">The service.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The operation.</returns>
    public static Task<IComputeOperation> StopKeepAllocatedAsync(this IComputeService compute, string id, CancellationToken cancellationToken = default) =>
        Act(compute, id, InstanceAction.StopKeepAllocated, cancellationToken);

    /// <summary>Hibernates an instance.</summary>
    /// <inheritdoc cref="IComputeService.ActAsync" path="/exception"/>
    /// <param name="compute">The service.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The operation.</returns>
    public static Task<IComputeOperation> HibernateAsync(this IComputeService compute, string id, CancellationToken cancellationToken = default) =>
        Act(compute, id, InstanceAction.Hibernate, cancellationToken);

    /// <summary>Starts a running instance anew.</summary>
    /// <inheritdoc cref="IComputeService.ActAsync" path="/exception"/>
    /// <param name="compute">The service.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The operation.</returns>
    public static Task<IComputeOperation> RebootAsync(this IComputeService compute, string id, CancellationToken cancellationToken = default) =>
        Act(compute, id, InstanceAction.Reboot, cancellationToken);

    /// <summary>Deletes an instance with its boot disk and its own address.</summary>
    /// <inheritdoc cref="IComputeService.ActAsync" path="/exception"/>
    /// <param name="compute">The service.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The operation.</returns>
    public static Task<IComputeOperation> TerminateAsync(this IComputeService compute, string id, CancellationToken cancellationToken = default) =>
        Act(compute, id, InstanceAction.Terminate, cancellationToken);

    private static Task<IComputeOperation> Act(IComputeService compute, string id, InstanceAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(compute);
        return compute.ActAsync(id, action, cancellationToken);
    }
}
