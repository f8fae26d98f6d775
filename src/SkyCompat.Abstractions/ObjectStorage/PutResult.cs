namespace SkyCompat.ObjectStorage;

/// <summary>What a write stored. When it is returned, every reader sees the object.</summary>
public sealed record PutResult
{
    /// <summary>The tag of the new content, the same as a read gives.</summary>
    public required VersionTag Tag { get; init; }

    /// <summary>The version id where the bucket keeps versions; null otherwise.</summary>
    public string? VersionId { get; init; }

    /// <summary>How many bytes were stored.</summary>
    public long Size { get; init; }

    /// <summary>The checksum of the bytes: CRC-32C as computed on the way out, for every put; for a server-side copy what the store reports, or null.</summary>
    public Checksum? Checksum { get; init; }
}
