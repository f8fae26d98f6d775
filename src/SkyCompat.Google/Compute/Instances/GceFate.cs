namespace SkyCompat.Google;

/// <summary>What the last operation on an instance did to it.</summary>
internal enum GceFate
{
    /// <summary>Nothing that its state would not tell.</summary>
    None = 0,

    /// <summary>Somebody deletes it.</summary>
    Deleted,

    /// <summary>Google took the spot instance back.</summary>
    Preempted,
}
