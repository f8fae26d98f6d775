using SkyCompat.ObjectStorage;

namespace SkyCompat.Drivers;

/// <summary>What an adapter implements for the buckets of one cloud. One call is one request to the provider: no retries, no checks, no telemetry.</summary>
/// <remarks>
/// The engine guarantees: arguments are not null, options are not null, bucket names have passed <see cref="ValidateBucketName"/>.
/// The adapter raises <see cref="CloudException"/> with the code and transience of its error table, and lets <see cref="OperationCanceledException"/> pass. Safe for use by many threads.
/// </remarks>
public abstract class StorageDriver : IAsyncDisposable
{
    /// <summary>The provider.</summary>
    public abstract CloudProvider Provider { get; }

    /// <summary>The host and port that requests go to, for telemetry and the circuit breaker; null if there is none.</summary>
    public virtual string? ServerAddress => null;

    /// <summary>Explains what is wrong with a bucket name, or returns null. Sends no request.</summary>
    /// <param name="name">The name.</param>
    /// <returns>What is wrong and what would be right; null if it is fine.</returns>
    public abstract string? ValidateBucketName(string name);

    /// <summary>Opens a bucket. Sends no request.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The bucket's driver.</returns>
    public abstract BucketDriver OpenBucket(string name);

    /// <summary>Makes a bucket; success if it is there and belongs to these credentials.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">How to make it.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the bucket is usable.</returns>
    public abstract Task CreateBucketAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken);

    /// <summary>Deletes an empty bucket; raises NotFound (BucketNotFound) if it is not there, which the engine takes as success.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is gone.</returns>
    public abstract Task DeleteBucketAsync(string name, CancellationToken cancellationToken);

    /// <summary>Looks a bucket up.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Its properties, or null.</returns>
    public abstract Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken);

    /// <summary>Lists a page of buckets.</summary>
    /// <param name="options">Prefix and token.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public abstract Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions options, CancellationToken cancellationToken);

    /// <summary>Finds the native client.</summary>
    /// <param name="serviceType">The type wanted.</param>
    /// <returns>The client, or null.</returns>
    public virtual object? GetService(Type serviceType) => null;

    /// <summary>Frees connections and files.</summary>
    /// <returns>A task that ends when they are free.</returns>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
