using System.Text;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>The twin of <see cref="LocalStorageDriver"/> that keeps everything in memory and forgets it with the instance: the same features and errors, but for signing. For unit tests.</summary>
public sealed class InMemoryStorageDriver : StorageDriver
{
    private readonly SortedDictionary<string, MemoryBucket> _buckets = new(StringComparer.Ordinal);
    private readonly Lock _gate = new(); // One for all buckets: a copy sees two of them at once.
    private readonly TimeProvider _time;

    /// <summary>Makes an empty store.</summary>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    public InMemoryStorageDriver(InMemoryOptions? options = null, TimeProvider? timeProvider = null)
    {
        _time = timeProvider ?? TimeProvider.System;
        foreach (var name in options?.Buckets ?? [])
        {
            _buckets.TryAdd(name, new MemoryBucket(name, _time.GetUtcNow(), _time));
        }
    }

    /// <summary>The provider, by the name that configuration uses: <c>InMemory</c>.</summary>
    public static CloudProvider InMemoryProvider { get; } = new("InMemory");

    /// <inheritdoc/>
    public override CloudProvider Provider => InMemoryProvider;

    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <inheritdoc/>
    public override string? ValidateBucketName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return BucketNames.Explain(name);
    }

    /// <inheritdoc/>
    public override BucketDriver OpenBucket(string name) => new InMemoryBucketDriver(this, name);

    /// <inheritdoc/>
    public override Task CreateBucketAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken) =>
        RunAsync(() => _buckets.TryAdd(name, new MemoryBucket(name, _time.GetUtcNow(), _time)), cancellationToken);

    /// <inheritdoc/>
    public override Task DeleteBucketAsync(string name, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            if (!Require(name).IsEmpty)
            {
                throw StorageErrors.BucketNotEmpty(name);
            }

            return _buckets.Remove(name);
        },
        cancellationToken);

    /// <inheritdoc/>
    public override Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken) =>
        RunAsync(() => _buckets.TryGetValue(name, out var bucket) ? Describe(bucket) : null, cancellationToken);

    /// <inheritdoc/>
    public override Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions options, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            var after = options.ContinuationToken is { } token ? Encoding.UTF8.GetString(PageToken.Parse(token).Key) : "";
            var found = _buckets.Values
                .Where(bucket => bucket.Name.StartsWith(options.Prefix ?? "", StringComparison.Ordinal) && string.CompareOrdinal(bucket.Name, after) > 0)
                .Take(LocalCapabilities.MaxPageSize + 1).Select(Describe).ToList();
            return found.Count <= LocalCapabilities.MaxPageSize
                ? new BucketPage(found, ContinuationToken: null)
                : new BucketPage(found[..^1], new PageToken(AfterPrefix: false, Encoding.UTF8.GetBytes(found[^2].Name)).ToString());
        },
        cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType == typeof(InMemoryStorageDriver) ? this : null;
    }

    /// <summary>Runs with all buckets held. Async only so that an error is in the task, as it is with every other driver.</summary>
    internal async Task<T> RunAsync<T>(Func<T> run, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return run();
        }
    }

    internal MemoryBucket Require(string name) => _buckets.TryGetValue(name, out var bucket) ? bucket : throw StorageErrors.BucketNotFound(name);

    private static BucketInfo Describe(MemoryBucket bucket) => new() { Name = bucket.Name, CreatedAt = bucket.CreatedAt };
}
