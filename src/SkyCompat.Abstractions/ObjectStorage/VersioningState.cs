namespace SkyCompat.ObjectStorage;

/// <summary>Whether a bucket keeps versions.</summary>
public enum VersioningState
{
    /// <summary>It never did: a write replaces, a delete deletes.</summary>
    Disabled = 0,

    /// <summary>Every write and delete keeps what was there.</summary>
    Enabled,

    /// <summary>It did: old versions stay, new writes replace each other.</summary>
    Suspended,
}
