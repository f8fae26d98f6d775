namespace SkyCompat.Clusters;

/// <summary>Where a cluster or a node pool is in its life, the same on every cloud.</summary>
public enum ClusterPhase
{
    /// <summary>The provider's state is not known to this library; see the raw state.</summary>
    Unknown = 0,

    /// <summary>Asked for; the provider does not show it yet.</summary>
    Requested,

    /// <summary>It is being made.</summary>
    Creating,

    /// <summary>It works.</summary>
    Running,

    /// <summary>It works and is being changed.</summary>
    Updating,

    /// <summary>It works in part; the issues say what does not.</summary>
    Degraded,

    /// <summary>It is stopped and can be started again.</summary>
    Stopped,

    /// <summary>It is being deleted.</summary>
    Deleting,

    /// <summary>It is deleted.</summary>
    Gone,

    /// <summary>It could not be made, or not deleted, and will not come to work by itself.</summary>
    Failed,
}
