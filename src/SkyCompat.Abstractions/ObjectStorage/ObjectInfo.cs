using System.Collections.ObjectModel;

namespace SkyCompat.ObjectStorage;

/// <summary>The properties of a stored object.</summary>
public sealed record ObjectInfo
{
    /// <summary>The key, verbatim.</summary>
    public required string Key { get; init; }

    /// <summary>The size of the whole object in bytes, also when a range of it was read.</summary>
    public required long Size { get; init; }

    /// <summary>The tag of this content.</summary>
    public required VersionTag Tag { get; init; }

    /// <summary>When it was last written, UTC, to the second on most providers.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>The version id where the bucket keeps versions; null otherwise.</summary>
    public string? VersionId { get; init; }

    /// <summary>The stored content headers.</summary>
    public ContentHeaders Headers { get; init; } = ContentHeaders.Default;

    /// <summary>The user's metadata; keys in lower case.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The checksum of the whole object that the store keeps; null if it keeps none.</summary>
    public Checksum? Checksum { get; init; }

    /// <summary>The storage tier.</summary>
    public StorageTier Tier { get; init; }
}
