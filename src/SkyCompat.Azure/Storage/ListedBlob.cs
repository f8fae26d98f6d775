using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>A blob, version or prefix in a list.</summary>
internal readonly record struct ListedBlob
{
    public required string Name { get; init; }

    public bool IsPrefix { get; init; }

    /// <summary>Whether it is a directory of a hierarchical namespace.</summary>
    public bool IsDirectory { get; init; }

    public string? VersionId { get; init; }

    public bool IsCurrent { get; init; }

    public long Size { get; init; }

    public VersionTag Tag { get; init; }

    public DateTimeOffset LastModified { get; init; }

    public string? AccessTier { get; init; }
}
