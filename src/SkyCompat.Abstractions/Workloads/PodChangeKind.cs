namespace SkyCompat.Workloads;

/// <summary>What happened to a pod.</summary>
public enum PodChangeKind
{
    /// <summary>It is there: since the watch began, or new.</summary>
    Added = 0,

    /// <summary>It is other than it was.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Deleted,
}
