namespace SkyCompat.Workloads;

/// <summary>Where a pod stands.</summary>
public enum PodPhase
{
    /// <summary>A phase that this version does not know, or that the cluster has lost sight of.</summary>
    Unknown = 0,

    /// <summary>Waits for a node or an image.</summary>
    Pending,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>All containers ended with 0.</summary>
    Succeeded,

    /// <summary>A container ended otherwise and will not be started anew.</summary>
    Failed,
}
