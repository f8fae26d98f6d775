namespace SkyCompat.Clusters;

/// <summary>What clusters of a cloud can do beyond being accessed.</summary>
[Flags]
public enum ClusterFeatures
{
    /// <summary>Access only.</summary>
    None = 0,

    /// <summary>Listing clusters, and information about them.</summary>
    List = 1 << 0,

    /// <summary>Creating and deleting clusters.</summary>
    Lifecycle = 1 << 1,

    /// <summary>Versions and upgrades.</summary>
    Upgrade = 1 << 2,

    /// <summary>Node pools: <see cref="INodePools"/>.</summary>
    NodePools = 1 << 3,

    /// <summary>Pools that scale between two numbers of nodes.</summary>
    Autoscale = 1 << 4,

    /// <summary>Pools of the spot market.</summary>
    Spot = 1 << 5,

    /// <summary>Pools without nodes.</summary>
    EmptyPools = 1 << 6,

    /// <summary>Clusters in subnets of one's choice.</summary>
    Subnets = 1 << 7,
}
