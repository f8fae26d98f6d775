namespace SkyCompat.ObjectStorage;

/// <summary>A version of an object, or a marker of its deletion.</summary>
public readonly record struct VersionEntry
{
    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>The version id.</summary>
    public required string VersionId { get; init; }

    /// <summary>Whether it is the current one of its key.</summary>
    public bool IsLatest { get; init; }

    /// <summary>Whether it is a delete marker: the object was deleted here.</summary>
    public bool IsDeleteMarker { get; init; }

    /// <summary>The size in bytes; 0 for a delete marker.</summary>
    public long Size { get; init; }

    /// <summary>The tag; empty for a delete marker.</summary>
    public VersionTag Tag { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset LastModified { get; init; }
}
