namespace SkyCompat.Compute;

/// <summary>What a sweep did about a resource.</summary>
public enum SweepOutcome
{
    /// <summary>It is wanted, in use or too young.</summary>
    Kept = 0,

    /// <summary>It would be removed, were this not a dry run.</summary>
    WouldRemove,

    /// <summary>It was removed.</summary>
    Removed,

    /// <summary>It could not be removed.</summary>
    Failed,
}
