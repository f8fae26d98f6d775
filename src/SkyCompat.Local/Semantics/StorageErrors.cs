using System.Globalization;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>The errors that the stores of this assembly raise about buckets and objects, in one place so that both raise the same.</summary>
internal static class StorageErrors
{
    public static CloudException BucketNotFound(string bucket) =>
        new(CloudErrorCode.NotFound, $"The bucket '{bucket}' does not exist; create it first.") { Reason = ObjectStorageErrorReasons.BucketNotFound };

    public static CloudException BucketNotEmpty(string bucket) =>
        new(CloudErrorCode.Conflict, $"The bucket '{bucket}' still holds objects, versions or unfinished uploads; delete them first.")
        {
            Reason = ObjectStorageErrorReasons.BucketNotEmpty,
        };

    public static CloudException ObjectNotFound(string key) =>
        new(CloudErrorCode.NotFound, $"There is no object '{key}'.") { Reason = ObjectStorageErrorReasons.ObjectNotFound };

    public static CloudException VersionNotFound(string key, string versionId) =>
        new(CloudErrorCode.NotFound, $"There is no version '{versionId}' of the object '{key}'.") { Reason = ObjectStorageErrorReasons.VersionNotFound };

    /// <summary>The object or, if a version was asked for, the version is not there.</summary>
    public static CloudException NotFound(string key, string? versionId) => versionId is null ? ObjectNotFound(key) : VersionNotFound(key, versionId);

    public static CloudException UploadNotFound(string uploadId) =>
        new(CloudErrorCode.NotFound, $"There is no unfinished upload '{uploadId}'; it was completed or aborted, or never started.")
        {
            Reason = ObjectStorageErrorReasons.UploadNotFound,
        };

    public static CloudException ObjectExists(string key) =>
        new(CloudErrorCode.AlreadyExists, $"An object '{key}' exists.") { Reason = ObjectStorageErrorReasons.ObjectExists };

    public static CloudException TagDiffers(string key) =>
        new(CloudErrorCode.PreconditionFailed, $"The object '{key}' does not have the tag that was asked for; read it again and decide anew.");

    public static CloudException NotModified(string key) =>
        new(CloudErrorCode.PreconditionFailed, $"The object '{key}' is not modified.") { Reason = ObjectStorageErrorReasons.NotModified };

    public static CloudException ModifiedSince(string key) =>
        new(CloudErrorCode.PreconditionFailed, $"The object '{key}' was modified after the instant that was asked for.");

    public static CloudException ObjectChanged(string key) =>
        new(CloudErrorCode.PreconditionFailed, $"The object '{key}' was replaced or deleted while it was being read; open it again.")
        {
            Reason = ObjectStorageErrorReasons.ObjectChanged,
        };

    public static CloudException ObjectArchived(string key) =>
        new(CloudErrorCode.Conflict, $"The object '{key}' is in the archive tier; move it to another tier before it is read.") { Reason = ObjectStorageErrorReasons.ObjectArchived };

    public static CloudException RangeNotSatisfiable(string key, ByteRange range, long size) =>
        new(CloudErrorCode.InvalidArgument, $"The range {range} lies outside the object '{key}' of {size} bytes.")
        {
            Reason = ObjectStorageErrorReasons.RangeNotSatisfiable,
        };

    public static CloudException InvalidToken() =>
        new(CloudErrorCode.InvalidArgument, "The continuation token was not made by this bucket; pass a page's token as it was.")
        {
            Reason = ObjectStorageErrorReasons.InvalidToken,
        };

    public static CloudException UnknownPart(string uploadId, int number) =>
        new(CloudErrorCode.InvalidArgument, $"The upload '{uploadId}' has no part {number.ToString(CultureInfo.InvariantCulture)} with the tag given; send the part again.")
        {
            Reason = ObjectStorageErrorReasons.InvalidPart,
        };

    public static CloudException ChecksumMismatch(string key) =>
        new(CloudErrorCode.DataCorrupted, $"The bytes received for '{key}' do not have the checksum that came with them; nothing was stored.")
        {
            Reason = ObjectStorageErrorReasons.ChecksumMismatch,
        };

    public static CloudException BodyDamaged(string key, string what) =>
        new(CloudErrorCode.DataCorrupted, $"The stored body of '{key}' is damaged: {what}. Restore it from a copy, or delete the object.");
}
