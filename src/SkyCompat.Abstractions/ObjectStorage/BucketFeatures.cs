namespace SkyCompat.ObjectStorage;

/// <summary>What a bucket can do. The names are those of <c>Require</c> in configuration and of the table in the docs, which is made from tests.</summary>
/// <remarks>What a bucket lacks is refused with <see cref="CloudErrorCode.Unsupported"/> before any request; nothing is ignored.</remarks>
[Flags]
public enum BucketFeatures : long
{
    /// <summary>Nothing optional.</summary>
    None = 0,

    /// <summary>A single-request put can demand that no object has the key.</summary>
    PutIfAbsent = 1L << 0,

    /// <summary>A single-request put can demand the tag of what it replaces.</summary>
    PutIfMatch = 1L << 1,

    /// <summary>A multipart upload can demand, when it completes, that no object has the key.</summary>
    MultipartIfAbsent = 1L << 2,

    /// <summary>A multipart upload can demand, when it completes, the tag of what it replaces.</summary>
    MultipartIfMatch = 1L << 3,

    /// <summary>Every write condition on every path of a put.</summary>
    ConditionalPut = PutIfAbsent | PutIfMatch | MultipartIfAbsent | MultipartIfMatch,

    /// <summary>A delete can demand the tag of what it deletes.</summary>
    DeleteIfMatch = 1L << 4,

    /// <summary>A server-side copy can demand that no object has the destination key.</summary>
    CopyIfAbsent = 1L << 5,

    /// <summary>A server-side copy can demand the tag of what it replaces.</summary>
    CopyIfMatch = 1L << 6,

    /// <summary>Every write condition on a server-side copy.</summary>
    ConditionalCopy = CopyIfAbsent | CopyIfMatch,

    /// <summary>A server-side copy can demand the tag of its source.</summary>
    CopySourceIfMatch = 1L << 7,

    /// <summary>Objects can be copied inside the store without moving their bytes through this process.</summary>
    ServerSideCopy = 1L << 8,

    /// <summary>A range of an object can be copied into a part of a multipart upload inside the store.</summary>
    PartCopy = 1L << 9,

    /// <summary>Objects can be uploaded in parts, and unfinished uploads listed, resumed and aborted (<see cref="IMultipartUploads"/>).</summary>
    Multipart = 1L << 10,

    /// <summary>Objects carry tags (<see cref="IObjectTags"/>).</summary>
    Tags = 1L << 11,

    /// <summary>The bucket can keep versions (<see cref="IBucketVersions"/>).</summary>
    Versions = 1L << 12,

    /// <summary>Objects have storage tiers other than the standard one.</summary>
    Tiers = 1L << 13,

    /// <summary>Many keys are deleted by one request; without it they are deleted one by one, in parallel.</summary>
    BatchDelete = 1L << 14,

    /// <summary>The last bytes of an object can be asked for without knowing its size; without it the engine asks for the size first.</summary>
    SuffixRange = 1L << 15,

    /// <summary>Requests to read can be signed.</summary>
    SignGet = 1L << 16,

    /// <summary>Requests to write can be signed.</summary>
    SignPut = 1L << 17,

    /// <summary>Requests to delete can be signed.</summary>
    SignDelete = 1L << 18,

    /// <summary>A signed GET can override the headers of its reply.</summary>
    SignedResponseHeaders = 1L << 19,

    /// <summary>The store checks bodies against a checksum as it receives them.</summary>
    UploadChecksum = 1L << 20,

    /// <summary>The store keeps a checksum of each whole object and returns it.</summary>
    StoredChecksum = 1L << 21,

    /// <summary>Buckets can be created and deleted.</summary>
    BucketAdministration = 1L << 22,

    /// <summary>Keys may end in a slash and be distinct from the same key without.</summary>
    TrailingSlashKey = 1L << 23,

    /// <summary>Lists are in ordinal UTF-8 order.</summary>
    OrderedList = 1L << 24,

    /// <summary>Where versions are kept, a delete leaves a marker, and deleting the marker, or the latest version, brings the one before back. Without it a deleted object's versions stay,
    /// none of them current; one is brought back by copying it onto its key.</summary>
    DeleteMarkers = 1L << 25,

    /// <summary>What is in <see cref="StorageTier.Archive"/> is read at once, as from any other tier. Without it a read is <see cref="CloudErrorCode.Conflict"/>
    /// (<see cref="ObjectStorageErrorReasons.ObjectArchived"/>) until the object was moved to another tier or restored by the provider's own means.</summary>
    InstantArchive = 1L << 26,

    /// <summary>The store reads parts of a multipart upload from a signed URL of any other store (<see cref="IPartPulls"/>).</summary>
    PullParts = 1L << 27,
}
