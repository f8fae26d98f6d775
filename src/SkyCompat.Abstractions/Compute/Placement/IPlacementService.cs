namespace SkyCompat.Compute;

/// <summary>Finds the best place among all configured clouds and launches there, going on to the next place where one has no room.</summary>
/// <remarks>Safe for use by many threads, but for one placement at a time per key.</remarks>
public interface IPlacementService
{
    /// <summary>Asks the clouds for offers and orders them. Launches nothing.</summary>
    /// <param name="request">What to launch wherever it is best.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The plan; <see cref="PlacementPlan.Explain"/> prints it. A cloud that cannot be asked is named in it.</returns>
    /// <exception cref="ArgumentException">The request contradicts itself.</exception>
    Task<PlacementPlan> PlanAsync(PlacementRequest request, CancellationToken cancellationToken = default);

    /// <summary>Launches at the best place that has room, and waits until the instances run. With the key of an earlier placement it goes on with that one, whatever became of the process that began it.</summary>
    /// <remarks>Each failure is judged by its scope: the offer, zone, region or cloud is left alone for a time, and what the attempt left is removed before the next. Instances that once ran are never replaced.</remarks>
    /// <param name="request">What to launch.</param>
    /// <param name="progress">Told each attempt as it begins and ends; null for nobody.</param>
    /// <param name="cancellationToken">Stops before the next request; calling again with the same key goes on.</param>
    /// <returns>Where it runs.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/> (<see cref="ComputeErrorReasons.NoOffer"/>): no offer meets the need; the message names which limit ruled out how many.
    /// <see cref="CloudErrorCode.CapacityShortage"/>: all were tried; the message lists what failed. <see cref="CloudErrorCode.Conflict"/> (<see cref="ComputeErrorReasons.CleanupIncomplete"/>): what an attempt
    /// left could not be removed, so no other was begun; (<see cref="ComputeErrorReasons.KeyReused"/>): the key belongs to another request. Others: no place would make the request right.</exception>
    Task<PlacementResult> LaunchAsync(PlacementRequest request, IProgress<PlacementAttempt>? progress = null, CancellationToken cancellationToken = default);
}
