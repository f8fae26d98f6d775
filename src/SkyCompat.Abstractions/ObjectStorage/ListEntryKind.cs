namespace SkyCompat.ObjectStorage;

/// <summary>What an entry of a list is.</summary>
public enum ListEntryKind
{
    /// <summary>An object.</summary>
    Object = 0,

    /// <summary>A common prefix: all keys that share it up to and with the delimiter.</summary>
    Prefix,
}
