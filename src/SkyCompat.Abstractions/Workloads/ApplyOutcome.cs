namespace SkyCompat.Workloads;

/// <summary>What applying did to one object.</summary>
public enum ApplyOutcome
{
    /// <summary>It was as wanted; its resource version is what it was.</summary>
    Unchanged = 0,

    /// <summary>There was none.</summary>
    Created,

    /// <summary>It was changed.</summary>
    Configured,
}
