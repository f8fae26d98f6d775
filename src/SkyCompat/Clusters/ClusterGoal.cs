namespace SkyCompat.Clusters;

/// <summary>What an operation is to lead to.</summary>
internal enum ClusterGoal
{
    /// <summary>A new cluster and its pools run.</summary>
    Create = 0,

    /// <summary>The API server has a version.</summary>
    Upgrade,

    /// <summary>The cluster is gone.</summary>
    Delete,

    /// <summary>A pool is as asked.</summary>
    ApplyPool,

    /// <summary>The nodes of a pool have a version.</summary>
    UpgradePool,

    /// <summary>A pool is gone.</summary>
    DeletePool,
}
