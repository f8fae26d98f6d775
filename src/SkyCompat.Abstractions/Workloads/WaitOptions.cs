namespace SkyCompat.Workloads;

/// <summary>How a rollout, a job or a deletion is waited for.</summary>
public sealed record WaitOptions
{
    /// <summary>How long to wait at most, from 1 second.</summary>
    /// <value>Default: <c>Clusters:WaitTimeout</c> of the cloud, 45 minutes.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long a pod that no node has room for may wait before that is a failure; a cluster that adds nodes needs minutes.</summary>
    /// <value>Default: 0: at once.</value>
    public TimeSpan UnschedulableGrace { get; init; }

    /// <summary>How many restarts of a container are allowed before it counts as crashing.</summary>
    /// <value>Default: 1.</value>
    public int AllowedRestarts { get; init; } = 1;

    /// <summary>Told of each change of the status.</summary>
    public IProgress<WorkloadStatus>? Progress { get; init; }
}
