namespace SkyCompat.Workloads;

/// <summary>How a job ends.</summary>
public sealed record JobSettings
{
    /// <summary>How many runs must succeed; null for one, or for as many as <see cref="Workload.Replicas"/> of a parallel job.</summary>
    public int? Completions { get; init; }

    /// <summary>How many failed runs are tried again before the job has failed, 0 to 1,000.</summary>
    /// <value>Default: 0.</value>
    public int Retries { get; init; }

    /// <summary>How long the job may take, from 1 second; what still runs then is ended and the job has failed. Null for no limit.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>How long a finished job stays to be looked at; null until it is deleted. Clusters before 1.21 keep it until it is deleted in any case.</summary>
    public TimeSpan? KeepFor { get; init; }
}
