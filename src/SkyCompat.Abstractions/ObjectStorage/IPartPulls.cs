namespace SkyCompat.ObjectStorage;

/// <summary>Parts that the store reads from a URL by itself, so that no byte passes through this process. Found with <see cref="ICloudResource.GetService"/> where the bucket has
/// <see cref="BucketFeatures.PullParts"/>.</summary>
public interface IPartPulls
{
    /// <summary>Has the store read a range from a URL into a part of an upload. One request, and one of the store's own to the URL, which must be reachable from where the store is.</summary>
    /// <param name="upload">The upload, from <see cref="IMultipartUploads.CreateAsync"/>.</param>
    /// <param name="number">The part's number, from 1 to <see cref="BucketCapabilities.MaxParts"/>.</param>
    /// <param name="source">A signed GET of the source that needs no headers.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">How many bytes, from 1 to <see cref="BucketCapabilities.MaxPartBytes"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The part, with the checksum that the store computed, if it says.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/>: the request is no GET, needs headers, or the part is out of range;
    /// <see cref="CloudErrorCode.NotFound"/> (<see cref="ObjectStorageErrorReasons.UploadNotFound"/>); <see cref="CloudErrorCode.PermissionDenied"/> or
    /// <see cref="CloudErrorCode.NotFound"/>: the store cannot read the URL.</exception>
    Task<UploadedPart> PullPartAsync(MultipartUpload upload, int number, SignedRequest source, long offset, long length, CancellationToken cancellationToken = default);
}
