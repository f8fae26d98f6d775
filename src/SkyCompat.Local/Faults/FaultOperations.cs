namespace SkyCompat.Local;

/// <summary>The requests that a fault can hit.</summary>
[Flags]
public enum FaultOperations
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Looking an object up.</summary>
    GetInfo = 1 << 0,

    /// <summary>Reading an object.</summary>
    Get = 1 << 1,

    /// <summary>Writing an object in one request.</summary>
    Put = 1 << 2,

    /// <summary>Listing objects or versions.</summary>
    List = 1 << 3,

    /// <summary>Deleting one object or version.</summary>
    Delete = 1 << 4,

    /// <summary>Deleting many objects.</summary>
    DeleteBatch = 1 << 5,

    /// <summary>Copying an object.</summary>
    Copy = 1 << 6,

    /// <summary>Starting a multipart upload.</summary>
    CreateUpload = 1 << 7,

    /// <summary>Sending a part.</summary>
    PutPart = 1 << 8,

    /// <summary>Copying into a part, or having it pulled.</summary>
    CopyPart = 1 << 9,

    /// <summary>Completing a multipart upload.</summary>
    CompleteUpload = 1 << 10,

    /// <summary>Dropping a multipart upload.</summary>
    AbortUpload = 1 << 11,

    /// <summary>Listing parts or unfinished uploads.</summary>
    ListUploads = 1 << 12,

    /// <summary>Reading or writing tags or the tier of an object, or the versioning of a bucket.</summary>
    Attributes = 1 << 13,

    /// <summary>Making, deleting, looking up or listing buckets.</summary>
    Buckets = 1 << 14,

    /// <summary>All of them.</summary>
    All = (1 << 15) - 1,
}
