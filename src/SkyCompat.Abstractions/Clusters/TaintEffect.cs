namespace SkyCompat.Clusters;

/// <summary>What a taint does to pods that do not tolerate it.</summary>
public enum TaintEffect
{
    /// <summary>They are not put on the node.</summary>
    NoSchedule = 0,

    /// <summary>They are put on the node only if no other will do.</summary>
    PreferNoSchedule,

    /// <summary>They are not put on the node, and those that run there are taken off.</summary>
    NoExecute,
}
