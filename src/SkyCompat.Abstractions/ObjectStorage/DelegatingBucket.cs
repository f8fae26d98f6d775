namespace SkyCompat.ObjectStorage;

/// <summary>The base of wrappers around a bucket: passes everything on until overridden.</summary>
/// <remarks>A wrapper that changes keys must also override <see cref="GetService"/>, or the abilities found there would see inner keys.</remarks>
public abstract class DelegatingBucket : IBucket
{
    /// <summary>Wraps a bucket.</summary>
    /// <param name="inner">The bucket beneath.</param>
    protected DelegatingBucket(IBucket inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <inheritdoc/>
    public virtual string Name => Inner.Name;

    /// <summary>The bucket beneath.</summary>
    protected IBucket Inner { get; }

    /// <inheritdoc/>
    public virtual object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this : Inner.GetService(serviceType);
    }

    /// <inheritdoc/>
    public virtual ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken = default) => Inner.GetCapabilitiesAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.TryGetInfoAsync(key, options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ObjectContent> GetAsync(string key, GetOptions? options = null, CancellationToken cancellationToken = default) => Inner.GetAsync(key, options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.PutAsync(key, body, options, cancellationToken);

    /// <inheritdoc/>
    public virtual ObjectWriter OpenWrite(string key, PutOptions? options = null) => Inner.OpenWrite(key, options);

    /// <inheritdoc/>
    public virtual Task<ListPage> ListPageAsync(ListOptions? options = null, CancellationToken cancellationToken = default) => Inner.ListPageAsync(options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DeleteResult> DeleteAsync(string key, DeleteOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.DeleteAsync(key, options, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<DeleteResult> DeleteManyAsync(IAsyncEnumerable<string> keys, CancellationToken cancellationToken = default) =>
        Inner.DeleteManyAsync(keys, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<PutResult> CopyAsync(ObjectReference source, string key, CopyOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.CopyAsync(source, key, options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<SignedRequest> SignAsync(string key, SignOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.SignAsync(key, options, cancellationToken);
}
