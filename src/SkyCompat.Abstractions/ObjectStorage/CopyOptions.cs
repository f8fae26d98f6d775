namespace SkyCompat.ObjectStorage;

/// <summary>How to copy an object.</summary>
public sealed record CopyOptions
{
    /// <summary>What must hold of the destination when the copy becomes visible.</summary>
    /// <value>Default: <see cref="WriteCondition.None"/>.</value>
    public WriteCondition Condition { get; init; }

    /// <summary>The tag that the source must have, otherwise <see cref="CloudErrorCode.PreconditionFailed"/>; empty for whatever it is when the copy starts.
    /// A source that changes while it is copied in parts fails in any case.</summary>
    public VersionTag SourceIfMatch { get; init; }

    /// <summary>New headers, metadata and tags for the copy; null keeps those of the source. Nothing is merged.</summary>
    public ObjectAttributes? Attributes { get; init; }

    /// <summary>The storage tier of the copy; null for the provider's default.</summary>
    public StorageTier? Tier { get; init; }

    /// <summary>Told the number of bytes copied so far.</summary>
    public IProgress<long>? Progress { get; init; }
}
