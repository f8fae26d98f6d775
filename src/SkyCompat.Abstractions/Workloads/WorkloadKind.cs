namespace SkyCompat.Workloads;

/// <summary>How a workload runs.</summary>
public enum WorkloadKind
{
    /// <summary>A kind that this version does not know, found on a cluster. Never applied.</summary>
    Unknown = 0,

    /// <summary>Replicas that are alike and are kept running.</summary>
    Deployment,

    /// <summary>Replicas with names and volumes of their own that are kept running.</summary>
    StatefulSet,

    /// <summary>One run to its end.</summary>
    Job,

    /// <summary>Several runs to their end, <see cref="Workload.Replicas"/> at a time.</summary>
    ParallelJob,

    /// <summary>A job that is started by the clock, as <see cref="Workload.Schedule"/> says.</summary>
    CronJob,
}
