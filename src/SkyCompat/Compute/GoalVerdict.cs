namespace SkyCompat.Compute;

/// <summary>How an instance stands to a goal.</summary>
internal enum GoalVerdict
{
    /// <summary>On its way, or not known.</summary>
    Pending = 0,

    /// <summary>There.</summary>
    Reached,

    /// <summary>It will not come there by itself.</summary>
    Lost,
}
