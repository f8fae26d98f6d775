namespace SkyCompat.ObjectStorage;

/// <summary>Uploads part by part, that may be resumed by another process. Found with <see cref="ICloudResource.GetService"/>.
/// <see cref="IBucket.PutAsync"/> and <see cref="IBucket.OpenWrite"/> do all this by themselves; this is for callers that keep their own journal, and for sweeping what crashed writers left.</summary>
public interface IMultipartUploads
{
    /// <summary>Starts an upload. One request. Nothing is visible before <see cref="CompleteAsync"/>, and the parts are billed until it is completed or aborted.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">As for <see cref="IBucket.PutAsync"/>; pass the same to <see cref="CompleteAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; an empty upload may be left.</param>
    /// <returns>The upload.</returns>
    Task<MultipartUpload> CreateAsync(string key, PutOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Sends a part; a part of the same number replaces the one before. One request. Parts may be sent in any order and in parallel.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="number">The part's number, from 1 to <see cref="BucketCapabilities.MaxParts"/>.</param>
    /// <param name="body">The bytes; held in memory if they are not already.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The part, to be passed to <see cref="CompleteAsync"/>.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/> (<see cref="ObjectStorageErrorReasons.UploadNotFound"/>);
    /// <see cref="CloudErrorCode.InvalidArgument"/> (<see cref="ObjectStorageErrorReasons.InvalidPart"/>).</exception>
    Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, ObjectBody body, CancellationToken cancellationToken = default);

    /// <summary>Lists the parts that the store holds, by number. One request per page.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The parts.</returns>
    IAsyncEnumerable<UploadedPart> ListPartsAsync(MultipartUpload upload, CancellationToken cancellationToken = default);

    /// <summary>Joins parts to an object and makes it visible. One request.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="parts">The parts, in any order; parts of the upload that are not named are dropped. None gives an empty object.</param>
    /// <param name="options">The same as at <see cref="CreateAsync"/>: some providers bind them here.</param>
    /// <param name="cancellationToken">Stops waiting; the object may have become visible.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="CloudException">By <see cref="PutOptions.Condition"/>; <see cref="CloudErrorCode.NotFound"/> (<see cref="ObjectStorageErrorReasons.UploadNotFound"/>);
    /// <see cref="CloudErrorCode.InvalidArgument"/> (<see cref="ObjectStorageErrorReasons.InvalidPart"/>: too small, too many or unknown).</exception>
    Task<PutResult> CompleteAsync(MultipartUpload upload, IReadOnlyCollection<UploadedPart> parts, PutOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Drops an upload and its parts; success if it is not there. One request.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that ends when it is gone.</returns>
    Task AbortAsync(MultipartUpload upload, CancellationToken cancellationToken = default);

    /// <summary>Lists unfinished uploads, ordered by key. One request per page.</summary>
    /// <param name="prefix">Only keys that start with this text; null for all.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The uploads.</returns>
    IAsyncEnumerable<MultipartUpload> ListUploadsAsync(string? prefix = null, CancellationToken cancellationToken = default);
}
