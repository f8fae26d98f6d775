namespace SkyCompat.ObjectStorage;

/// <summary>What to delete, and when not to.</summary>
public sealed record DeleteOptions
{
    /// <summary>A version id, to delete that version for good; null deletes the current object (where versions are kept, it is hidden by a delete marker).</summary>
    public string? VersionId { get; init; }

    /// <summary>Delete only the content with this tag, otherwise <see cref="CloudErrorCode.PreconditionFailed"/>. Empty for any. Needs <see cref="BucketFeatures.DeleteIfMatch"/>.</summary>
    public VersionTag IfMatch { get; init; }
}
