namespace SkyCompat.Workloads;

/// <summary>What happens in a namespace; found by <see cref="ICloudResource.GetService"/> on <see cref="IWorkloads"/>.</summary>
public interface IWorkloadActivity
{
    /// <summary>Tells of every pod there is, and then of each change, over broken connections: none is lost and none told twice. Changes that came and went between two looks after the cluster forgot its past are one.</summary>
    /// <param name="query">Which pods; null for all of the namespace.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The changes, without end.</returns>
    /// <exception cref="CloudException">The cluster cannot be reached for longer than requests are retried, or refuses.</exception>
    IAsyncEnumerable<PodChange> WatchPodsAsync(PodQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Lists what the cluster noted and has not forgotten, about an hour. A request per page.</summary>
    /// <param name="objectName">Only of the object of that name; null for all.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The events.</returns>
    IAsyncEnumerable<WorkloadEvent> ListEventsAsync(string? objectName = null, CancellationToken cancellationToken = default);
}
