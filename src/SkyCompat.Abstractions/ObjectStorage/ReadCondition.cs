namespace SkyCompat.ObjectStorage;

/// <summary>What must hold for a read to return the object (RFC 9110, section 13.1). Members that are not set do not count; those set must all hold.</summary>
public sealed record ReadCondition
{
    /// <summary>The object must have this tag; otherwise <see cref="CloudErrorCode.PreconditionFailed"/>.</summary>
    public VersionTag IfMatch { get; init; }

    /// <summary>The object must not have this tag; otherwise <see cref="CloudErrorCode.PreconditionFailed"/> with reason <see cref="ObjectStorageErrorReasons.NotModified"/>.</summary>
    public VersionTag IfNoneMatch { get; init; }

    /// <summary>The object must have been modified after this instant (whole seconds); otherwise reason <see cref="ObjectStorageErrorReasons.NotModified"/>.</summary>
    public DateTimeOffset? IfModifiedSince { get; init; }

    /// <summary>The object must not have been modified after this instant (whole seconds); otherwise <see cref="CloudErrorCode.PreconditionFailed"/>.</summary>
    public DateTimeOffset? IfUnmodifiedSince { get; init; }
}
