namespace SkyCompat.ObjectStorage;

/// <summary>What must hold at the moment a write takes effect; the provider checks it, so that no update is lost between racing writers.</summary>
public readonly record struct WriteCondition
{
    private WriteCondition(WriteConditionKind kind, VersionTag tag)
    {
        Kind = kind;
        Tag = tag;
    }

    /// <summary>No condition: the last writer wins.</summary>
    public static WriteCondition None => default;

    /// <summary>No object may have that key; otherwise <see cref="CloudErrorCode.AlreadyExists"/>.</summary>
    public static WriteCondition MustNotExist { get; } = new(WriteConditionKind.MustNotExist, default);

    /// <summary>The kind of condition.</summary>
    public WriteConditionKind Kind { get; }

    /// <summary>The tag that must match, for <see cref="WriteConditionKind.MustMatch"/>.</summary>
    public VersionTag Tag { get; }

    /// <summary>The stored object must have that tag; otherwise, and if there is no object, <see cref="CloudErrorCode.PreconditionFailed"/>.</summary>
    /// <param name="tag">The tag from an earlier read or write of the same key.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="ArgumentException">The tag is empty.</exception>
    public static WriteCondition MustMatch(VersionTag tag) =>
        tag.IsEmpty ? throw new ArgumentException("An empty tag matches nothing; use the tag of a read or write.", nameof(tag)) : new(WriteConditionKind.MustMatch, tag);
}
