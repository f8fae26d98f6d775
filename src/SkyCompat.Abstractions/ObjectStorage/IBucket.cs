namespace SkyCompat.ObjectStorage;

/// <summary>A bucket: keys and the objects behind them. The short forms are in <see cref="BucketExtensions"/>; optional abilities
/// (<see cref="IObjectTags"/>, <see cref="IObjectTiers"/>, <see cref="IBucketVersions"/>, <see cref="IMultipartUploads"/>) are found with <see cref="ICloudResource.GetService"/>.</summary>
/// <remarks>
/// Safe for use by many threads. Keys are verbatim: never trimmed, collapsed or re-encoded in meaning. Reads follow writes: when a write returns, every read and list shows it.
/// Common errors of all members: <see cref="CloudErrorCode.NotFound"/> (reason <see cref="ObjectStorageErrorReasons.BucketNotFound"/>),
/// <see cref="CloudErrorCode.InvalidArgument"/> (reason <see cref="ObjectStorageErrorReasons.InvalidKey"/>; before any request), <see cref="CloudErrorCode.Unsupported"/> (before any request),
/// <see cref="CloudErrorCode.Unauthenticated"/>, <see cref="CloudErrorCode.PermissionDenied"/>, <see cref="CloudErrorCode.Throttled"/>, <see cref="CloudErrorCode.Unavailable"/>
/// and <see cref="CloudErrorCode.Timeout"/> once the retries are used up.
/// </remarks>
public interface IBucket : ICloudResource
{
    /// <summary>What this bucket can do, and its limits. Costs no request on most providers, one on first use where it depends on the bucket's settings.</summary>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The capabilities.</returns>
    ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken = default);

    /// <summary>Looks an object up without its body. One request.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">Which version; null for the current one.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Its properties, or null if there is no such object or version.</returns>
    Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Opens an object for reading: properties and body in one request. A connection that breaks midway is resumed with a range pinned to the same content.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">Range, conditions, version and read-ahead; null for the whole current object.</param>
    /// <param name="cancellationToken">Stops opening; reads of the body take their own tokens.</param>
    /// <returns>The properties and the body; dispose it.</returns>
    /// <exception cref="CloudException">
    /// <see cref="CloudErrorCode.NotFound"/> (<see cref="ObjectStorageErrorReasons.ObjectNotFound"/>, <see cref="ObjectStorageErrorReasons.VersionNotFound"/>);
    /// <see cref="CloudErrorCode.PreconditionFailed"/> (also <see cref="ObjectStorageErrorReasons.NotModified"/>, and <see cref="ObjectStorageErrorReasons.ObjectChanged"/> while reading);
    /// <see cref="CloudErrorCode.InvalidArgument"/> (<see cref="ObjectStorageErrorReasons.RangeNotSatisfiable"/>);
    /// <see cref="CloudErrorCode.Conflict"/> (<see cref="ObjectStorageErrorReasons.ObjectArchived"/>); <see cref="CloudErrorCode.DataCorrupted"/> while reading.
    /// </exception>
    Task<ObjectContent> GetAsync(string key, GetOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Writes an object of known or unknown length; it is visible wholly or not at all. One request up to 16 MiB (8 MiB if the length is
    /// not known), otherwise a multipart upload with parts in parallel.</summary>
    /// <param name="key">The key.</param>
    /// <param name="body">The bytes. A stream is read from its current position, never closed, and never held in memory whole.</param>
    /// <param name="options">Headers, metadata, tags, condition and tuning; null for defaults.</param>
    /// <param name="cancellationToken">Aborts the upload: nothing becomes visible unless the last request was already on its way.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="CloudException">
    /// <see cref="CloudErrorCode.AlreadyExists"/> and <see cref="CloudErrorCode.PreconditionFailed"/> by <see cref="PutOptions.Condition"/>;
    /// <see cref="CloudErrorCode.Conflict"/> (<see cref="ObjectStorageErrorReasons.ConcurrentWrite"/>);
    /// <see cref="CloudErrorCode.InvalidArgument"/> (<see cref="ObjectStorageErrorReasons.InvalidMetadata"/>, <see cref="ObjectStorageErrorReasons.InvalidTags"/>,
    /// <see cref="ObjectStorageErrorReasons.TooLarge"/>, <see cref="ObjectStorageErrorReasons.LengthMismatch"/>); <see cref="CloudErrorCode.DataCorrupted"/> (<see cref="PutOptions.Checksum"/> differs);
    /// <see cref="CloudErrorCode.QuotaExceeded"/> (<see cref="ObjectStorageErrorReasons.StorageFull"/>).
    /// </exception>
    Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Opens an object for writing piece by piece. Nothing is visible before <see cref="ObjectWriter.CommitAsync"/>; disposing without it aborts. Sends no request itself.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">As for <see cref="PutAsync"/>.</param>
    /// <returns>The writer; dispose it.</returns>
    /// <exception cref="CloudException">As for <see cref="PutAsync"/>: bad input at once, what depends on capabilities at the first write.</exception>
    ObjectWriter OpenWrite(string key, PutOptions? options = null);

    /// <summary>Lists one page of objects and common prefixes in ordinal UTF-8 order. One request.</summary>
    /// <param name="options">Prefix, delimiter, start and token; null for everything from the start.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/> (<see cref="ObjectStorageErrorReasons.InvalidToken"/>).</exception>
    Task<ListPage> ListPageAsync(ListOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes an object; success if it is not there. One request.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">Version and condition; null for the current object, whatever it is.</param>
    /// <param name="cancellationToken">Stops waiting; the object may have been deleted.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.PreconditionFailed"/> by <see cref="DeleteOptions.IfMatch"/>; <see cref="CloudErrorCode.Conflict"/> (<see cref="ObjectStorageErrorReasons.ObjectRetained"/>).</exception>
    Task<DeleteResult> DeleteAsync(string key, DeleteOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes many objects, reading keys as they come. One request per <see cref="BucketCapabilities.MaxBatchDelete"/> keys where the provider can, otherwise one per key, in parallel.</summary>
    /// <param name="keys">The keys, any number; duplicates are fine.</param>
    /// <param name="cancellationToken">Stops; results already returned stand.</param>
    /// <returns>One result per key, in the order of the keys; a key that fails is a result, not an exception.</returns>
    IAsyncEnumerable<DeleteResult> DeleteManyAsync(IAsyncEnumerable<string> keys, CancellationToken cancellationToken = default);

    /// <summary>Copies an object here. Inside one store the bytes do not pass through this process; from elsewhere they do, in bounded memory.
    /// Inside one store: a look at the source, then one request up to
    /// <see cref="BucketCapabilities.MaxCopyBytes"/>, otherwise parts in parallel.</summary>
    /// <param name="source">What to copy: from this bucket, another, or another cloud.</param>
    /// <param name="key">The key of the copy.</param>
    /// <param name="options">Conditions, new attributes, tier; null keeps the source's attributes.</param>
    /// <param name="cancellationToken">Aborts the copy.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/> if there is no source, nothing is written then; otherwise as for <see cref="PutAsync"/>;
    /// <see cref="CloudErrorCode.InvalidArgument"/> for a copy onto itself that changes nothing.</exception>
    Task<PutResult> CopyAsync(ObjectReference source, string key, CopyOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Makes a request that any HTTP client can send until it expires. Sends none itself on most providers.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">What it may do and for how long; null for a GET of 15 minutes.</param>
    /// <param name="cancellationToken">Stops fetching credentials.</param>
    /// <returns>Method, URL, required headers and true expiry.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/>: the lifetime is under a second or over <see cref="BucketCapabilities.MaxSignedLifetime"/>.</exception>
    Task<SignedRequest> SignAsync(string key, SignOptions? options = null, CancellationToken cancellationToken = default);
}
