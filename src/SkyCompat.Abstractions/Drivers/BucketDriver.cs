using SkyCompat.ObjectStorage;

namespace SkyCompat.Drivers;

/// <summary>What an adapter implements for one bucket. One call is one request to the provider: no retries, no checks, no telemetry.</summary>
/// <remarks>
/// The engine guarantees: arguments and options are not null; keys are valid Unicode, not empty, within <see cref="BucketCapabilities.MaxKeyBytes"/>; metadata keys are lower-case
/// <c>[a-z][a-z0-9-]*</c> and values have no control characters; sizes, tags, headers and part numbers are within the capabilities; nothing is asked that the capabilities deny.
/// The adapter raises <see cref="CloudException"/> with the code, reason and transience of its error table, sets <see cref="CloudException.MayHaveTakenEffect"/> where a reply was lost after
/// the request was sent, lets <see cref="OperationCanceledException"/> pass, and need not fill Operation, Resource and Provider. Safe for use by many threads.
/// </remarks>
public abstract class BucketDriver
{
    /// <summary>The bucket's name at the provider.</summary>
    public abstract string Name { get; }

    /// <summary>What this bucket can do. Cached by the driver; may probe once.</summary>
    /// <param name="cancellationToken">Stops the probe.</param>
    /// <returns>The capabilities.</returns>
    public abstract ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken);

    /// <summary>Looks an object up.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">Which version.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Its properties, or null if there is no such object or version. A missing bucket is NotFound (BucketNotFound) where the provider tells.</returns>
    public abstract Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions options, CancellationToken cancellationToken);

    /// <summary>Opens an object. Concurrency, part size and checksum verification are the engine's; a zero-length slice is never asked.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">Range, conditions, version.</param>
    /// <param name="cancellationToken">Stops the request, until the body is returned.</param>
    /// <returns>Properties and the raw body stream, which raises CloudException (Unavailable) or IOException when the connection breaks or ends early.</returns>
    public abstract Task<ObjectContent> GetAsync(string key, GetOptions options, CancellationToken cancellationToken);

    /// <summary>Writes an object in one request, visible wholly or not at all, under <see cref="PutOptions.Condition"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="checksum">The checksum of the bytes by <see cref="BucketCapabilities.UploadChecksumAlgorithm"/>, to be sent where the provider checks it; null if it takes none.</param>
    /// <param name="options">Headers, metadata, tags, tier, condition. Checksum, sizes and progress are the engine's.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Tag and version. Size and checksum are filled by the engine.</returns>
    public abstract Task<PutResult> PutAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken);

    /// <summary>Lists a page. StartAfter is exclusive; entries are in UTF-8 order if <see cref="BucketFeatures.OrderedList"/>. A token of this driver carries all it needs.</summary>
    /// <param name="options">Prefix, delimiter, start, page size within the limits or 0, and token.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public abstract Task<ListPage> ListPageAsync(ListOptions options, CancellationToken cancellationToken);

    /// <summary>Deletes an object; a missing one is <see cref="DeleteOutcome.Missing"/> or <see cref="DeleteOutcome.Gone"/>, or PreconditionFailed if IfMatch is set.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">Version and condition.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>What became of it.</returns>
    public abstract Task<DeleteResult> DeleteAsync(string key, DeleteOptions options, CancellationToken cancellationToken);

    /// <summary>Deletes up to <see cref="BucketCapabilities.MaxBatchDelete"/> distinct keys in one request. Needs <see cref="BucketFeatures.BatchDelete"/>.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One result per key, in the order of the keys.</returns>
    public virtual Task<IReadOnlyList<DeleteResult>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Whether <see cref="CopyAsync"/> and <see cref="CopyPartAsync"/> can read from a bucket without its bytes passing through this process.</summary>
    /// <param name="source">The source's driver.</param>
    /// <returns>True if they can.</returns>
    public virtual bool CanCopyFrom(BucketDriver source) => false;

    /// <summary>Whether another bucket is in the same store although it belongs to another cloud of the configuration, so that equal names mean one bucket. Being able to copy from it is not enough: two accounts may
    /// have buckets of the same name. Asked only of clouds with different names.</summary>
    /// <param name="other">The other bucket's driver.</param>
    /// <returns>True if it is known to be; false is safe, and costs a copy of an object onto itself its refusal.</returns>
    public virtual bool IsInStoreOf(BucketDriver other) => false;

    /// <summary>Copies an object of at most <see cref="BucketCapabilities.MaxCopyBytes"/> inside the store. Needs <see cref="BucketFeatures.ServerSideCopy"/>.</summary>
    /// <param name="source">What to copy.</param>
    /// <param name="key">The key of the copy.</param>
    /// <param name="options">Condition, new attributes (null keeps all), tier. SourceIfMatch is in <paramref name="source"/>. Progress is never null; a driver whose store copies in several
    /// calls tells it after each, so that the copy does not count as idle.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Tag and version.</returns>
    public virtual Task<PutResult> CopyAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Starts a multipart upload. Needs <see cref="BucketFeatures.Multipart"/>, as do the other members about uploads.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">As for <see cref="PutAsync"/>.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The upload.</returns>
    public virtual Task<MultipartUpload> CreateUploadAsync(string key, PutOptions options, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Sends a part, replacing one of the same number.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="number">From 1.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="checksum">As for <see cref="PutAsync"/>.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The part.</returns>
    public virtual Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, UploadBody body, Checksum? checksum, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Copies a range of an object into a part inside the store. Needs <see cref="BucketFeatures.PartCopy"/>.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="number">From 1.</param>
    /// <param name="source">What to copy from.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">How many bytes, at least 1.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The part.</returns>
    public virtual Task<UploadedPart> CopyPartAsync(MultipartUpload upload, int number, CopySource source, long offset, long length, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Has the store read a range from a URL into a part. Needs <see cref="BucketFeatures.PullParts"/>.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="number">From 1.</param>
    /// <param name="source">A signed GET without required headers.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">How many bytes, at least 1.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The part.</returns>
    public virtual Task<UploadedPart> PullPartAsync(MultipartUpload upload, int number, SignedRequest source, long offset, long length, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Lists a page of the parts that the store holds.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="continuationToken">The page before's token; null for the first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public virtual Task<PartPage> ListPartsPageAsync(MultipartUpload upload, string? continuationToken, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Completes an upload, under <see cref="PutOptions.Condition"/>.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="parts">At least one part, ordered by number.</param>
    /// <param name="checksum">The checksum of the whole object by <see cref="BucketCapabilities.UploadChecksumAlgorithm"/>, if every part's is known; otherwise null.</param>
    /// <param name="options">The same as at <see cref="CreateUploadAsync"/>.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Tag and version.</returns>
    public virtual Task<PutResult> CompleteUploadAsync(
        MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Drops an upload; NotFound (UploadNotFound) is taken as success by the engine.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is gone.</returns>
    public virtual Task AbortUploadAsync(MultipartUpload upload, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Lists a page of unfinished uploads.</summary>
    /// <param name="prefix">Only keys that start with this text; null for all.</param>
    /// <param name="continuationToken">The page before's token; null for the first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public virtual Task<UploadPage> ListUploadsPageAsync(string? prefix, string? continuationToken, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Signs a request. Needs <see cref="BucketFeatures.SignGet"/>, <see cref="BucketFeatures.SignPut"/> or <see cref="BucketFeatures.SignDelete"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">What and for how long; the lifetime is within the limits.</param>
    /// <param name="cancellationToken">Stops fetching credentials.</param>
    /// <returns>The request.</returns>
    public virtual Task<SignedRequest> SignAsync(string key, SignOptions options, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Reads tags. Needs <see cref="BucketFeatures.Tags"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The tags.</returns>
    public virtual Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Replaces tags. Needs <see cref="BucketFeatures.Tags"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="tags">The tags; empty removes them.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when they are stored.</returns>
    public virtual Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Moves an object to another tier. Needs <see cref="BucketFeatures.Tiers"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="tier">The tier.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is taken.</returns>
    public virtual Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Reads whether the bucket keeps versions. Needs <see cref="BucketFeatures.Versions"/>, as do the other members about versions.</summary>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The state.</returns>
    public virtual Task<VersioningState> GetVersioningAsync(CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Switches the keeping of versions.</summary>
    /// <param name="state">Enabled or Suspended.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is stored.</returns>
    public virtual Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Lists a page of versions and delete markers, by key, then newest first.</summary>
    /// <param name="options">Prefix, page size and token.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public virtual Task<VersionPage> ListVersionsPageAsync(ListVersionsOptions options, CancellationToken cancellationToken) => throw NotOffered();

    /// <summary>Finds the native client.</summary>
    /// <param name="serviceType">The type wanted.</param>
    /// <returns>The client, or null.</returns>
    public virtual object? GetService(Type serviceType) => null;

    private NotSupportedException NotOffered() => new($"The driver {GetType().Name} declares a capability that it does not implement.");
}
