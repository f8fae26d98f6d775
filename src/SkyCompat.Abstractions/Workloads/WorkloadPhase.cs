namespace SkyCompat.Workloads;

/// <summary>Where a workload stands.</summary>
public enum WorkloadPhase
{
    /// <summary>A state that this version does not know.</summary>
    Unknown = 0,

    /// <summary>Being rolled out, or a job that runs.</summary>
    Progressing,

    /// <summary>All replicas are ready and as last applied; a cron job is in place.</summary>
    Ready,

    /// <summary>A job that ended well.</summary>
    Succeeded,

    /// <summary>A job that failed for good.</summary>
    Failed,
}
