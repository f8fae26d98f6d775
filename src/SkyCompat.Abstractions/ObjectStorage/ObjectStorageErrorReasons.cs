namespace SkyCompat.ObjectStorage;

/// <summary>The values of <see cref="CloudException.Reason"/> for object storage, each with the code it refines.</summary>
public static class ObjectStorageErrorReasons
{
    /// <summary>NotFound: the bucket does not exist.</summary>
    public const string BucketNotFound = nameof(BucketNotFound);

    /// <summary>NotFound: the object does not exist.</summary>
    public const string ObjectNotFound = nameof(ObjectNotFound);

    /// <summary>NotFound: that version of the object does not exist.</summary>
    public const string VersionNotFound = nameof(VersionNotFound);

    /// <summary>NotFound: the multipart upload does not exist, or was completed or aborted.</summary>
    public const string UploadNotFound = nameof(UploadNotFound);

    /// <summary>AlreadyExists: an object has that key and <see cref="WriteCondition.MustNotExist"/> was asked.</summary>
    public const string ObjectExists = nameof(ObjectExists);

    /// <summary>AlreadyExists: the bucket belongs to somebody else.</summary>
    public const string BucketExists = nameof(BucketExists);

    /// <summary>Conflict: the bucket still holds objects, versions or unfinished uploads.</summary>
    public const string BucketNotEmpty = nameof(BucketNotEmpty);

    /// <summary>Conflict: another writer was in the way; the outcome of the other write decides.</summary>
    public const string ConcurrentWrite = nameof(ConcurrentWrite);

    /// <summary>Conflict: the object is in an archive tier and must be restored before it is read.</summary>
    public const string ObjectArchived = nameof(ObjectArchived);

    /// <summary>Conflict: the object is under a lease, legal hold or retention.</summary>
    public const string ObjectRetained = nameof(ObjectRetained);

    /// <summary>PreconditionFailed: a read found the object not modified, as HTTP 304 says.</summary>
    public const string NotModified = nameof(NotModified);

    /// <summary>PreconditionFailed: the object changed while it was being read.</summary>
    public const string ObjectChanged = nameof(ObjectChanged);

    /// <summary>InvalidArgument: the key is empty, too long, not valid Unicode or forbidden by the key policy.</summary>
    public const string InvalidKey = nameof(InvalidKey);

    /// <summary>InvalidArgument: the bucket name is not one that a provider accepts.</summary>
    public const string InvalidBucketName = nameof(InvalidBucketName);

    /// <summary>InvalidArgument: the metadata or a content header cannot be carried.</summary>
    public const string InvalidMetadata = nameof(InvalidMetadata);

    /// <summary>InvalidArgument: there are too many tags, or one has a forbidden character or length.</summary>
    public const string InvalidTags = nameof(InvalidTags);

    /// <summary>InvalidArgument: the range starts at or beyond the end of the object.</summary>
    public const string RangeNotSatisfiable = nameof(RangeNotSatisfiable);

    /// <summary>InvalidArgument: a part is too small, too large, missing, or there are too many.</summary>
    public const string InvalidPart = nameof(InvalidPart);

    /// <summary>InvalidArgument: the object or request body is larger than the provider takes.</summary>
    public const string TooLarge = nameof(TooLarge);

    /// <summary>InvalidArgument: the continuation token was not made by this bucket.</summary>
    public const string InvalidToken = nameof(InvalidToken);

    /// <summary>InvalidArgument: the body yielded fewer or more bytes than its stated length.</summary>
    public const string LengthMismatch = nameof(LengthMismatch);

    /// <summary>Unauthenticated: this machine's clock and the provider's differ too much.</summary>
    public const string ClockSkew = nameof(ClockSkew);

    /// <summary>QuotaExceeded: the disk or the account's storage is full.</summary>
    public const string StorageFull = nameof(StorageFull);

    /// <summary>PermissionDenied: the bucket or the wrapper around it takes no writes.</summary>
    public const string ReadOnly = nameof(ReadOnly);

    /// <summary>DataCorrupted: the bytes do not have the checksum that they should.</summary>
    public const string ChecksumMismatch = nameof(ChecksumMismatch);
}
