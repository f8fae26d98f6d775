namespace SkyCompat.ObjectStorage;

/// <summary>An object or common prefix in a list. Everything here came with the page: no request is made per entry.</summary>
public readonly record struct ListEntry
{
    /// <summary>Whether this is an object or a common prefix.</summary>
    public ListEntryKind Kind { get; init; }

    /// <summary>The key, or the prefix with its trailing delimiter, verbatim.</summary>
    public required string Key { get; init; }

    /// <summary>The size in bytes; 0 for a prefix.</summary>
    public long Size { get; init; }

    /// <summary>The tag, the same as a read gives; empty for a prefix.</summary>
    public VersionTag Tag { get; init; }

    /// <summary>When it was last written, UTC; the default value for a prefix.</summary>
    public DateTimeOffset LastModified { get; init; }

    /// <summary>The storage tier.</summary>
    public StorageTier Tier { get; init; }
}
