namespace SkyCompat.Clusters;

/// <summary>How far an operation on a cluster is.</summary>
public enum ClusterOperationState
{
    /// <summary>Waits for its turn, as another operation on the cluster is under way; nothing was asked of the provider yet.</summary>
    Queued = 0,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Reached its goal.</summary>
    Succeeded,

    /// <summary>Ended without it.</summary>
    Failed,
}
