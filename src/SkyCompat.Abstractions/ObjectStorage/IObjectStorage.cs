namespace SkyCompat.ObjectStorage;

/// <summary>The object storage of one cloud: its buckets.</summary>
/// <remarks>Safe for use by many threads. Transient failures are retried; see the docs, page "Resilience".</remarks>
public interface IObjectStorage : ICloudResource
{
    /// <summary>A bucket by its name at the provider. Sends no request: whether it exists shows at its first use.</summary>
    /// <param name="name">The bucket's name at the provider.</param>
    /// <returns>The bucket.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/>: the name is not one that this provider accepts.</exception>
    IBucket GetBucket(string name);

    /// <summary>Makes a bucket; harmless if it is there already and yours. One request.</summary>
    /// <param name="name">The bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens on most providers.</param>
    /// <param name="options">How to make it; null for defaults.</param>
    /// <param name="cancellationToken">Stops waiting; the bucket may have been made.</param>
    /// <returns>A task that ends when the bucket is usable.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.AlreadyExists"/>: the name belongs to somebody else.</exception>
    Task CreateBucketAsync(string name, CreateBucketOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes an empty bucket; success if it is not there. One request.</summary>
    /// <param name="name">The bucket's name.</param>
    /// <param name="cancellationToken">Stops waiting; the bucket may have been deleted.</param>
    /// <returns>A task that ends when it is gone.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Conflict"/> with reason <see cref="ObjectStorageErrorReasons.BucketNotEmpty"/>: it holds objects, versions or unfinished uploads.</exception>
    Task DeleteBucketAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Looks a bucket up. One request.</summary>
    /// <param name="name">The bucket's name.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Its properties, or null if it does not exist.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.PermissionDenied"/>: it exists and these credentials may not look at it.</exception>
    Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Lists the buckets of the account, a page at a time. One request.</summary>
    /// <param name="options">Which; null for all.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions? options = null, CancellationToken cancellationToken = default);
}
