using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>An object store in a folder of this machine, with the semantics of S3: the embedded default, and a stand-in for a cloud in development, tests and at the edge.</summary>
/// <remarks>
/// Durable (an acknowledged write survives a power failure unless <see cref="LocalOptions.Durability"/> says otherwise), atomic under any end of the process, and safe for
/// several processes on one folder. The folder is opened at the first request. Reads run on the caller's thread: they come from the page cache or a local disk.
/// </remarks>
public sealed class LocalStorageDriver : StorageDriver
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly LocalOptions _options;
    private readonly TimeProvider _time;
    private volatile LocalStore? _store;
    private bool _disposed;

    /// <summary>Describes a store; nothing is opened or made yet.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    public LocalStorageDriver(LocalOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _time = timeProvider ?? TimeProvider.System;
        Signing = new LocalSigning(this, options, _time);
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Root));
    }

    /// <summary>The root folder, as an absolute path.</summary>
    public string Root { get; }

    /// <inheritdoc/>
    public override CloudProvider Provider => CloudProvider.Local;

    /// <summary>Serves the requests that this store signed; for web applications that set <see cref="LocalOptions.PublicBaseUrl"/>.</summary>
    public SignedRequestHandler RequestHandler => Signing.Handler;

    internal LocalSigning Signing { get; }

    /// <summary>Unix time in milliseconds.</summary>
    internal long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public override string? ValidateBucketName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return BucketNames.Explain(name);
    }

    /// <inheritdoc/>
    public override BucketDriver OpenBucket(string name) => new LocalBucketDriver(this, name);

    /// <inheritdoc/>
    public override async Task CreateBucketAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken)
    {
        var store = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await store.Writer.RunAsync(
            transaction =>
            {
                transaction.Database.Prepare("INSERT OR IGNORE INTO buckets (name, created) VALUES (?1, ?2)").Bind(1, name).Bind(2, Now).Execute();
                transaction.ForgetBucket(name);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task DeleteBucketAsync(string name, CancellationToken cancellationToken)
    {
        var store = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await store.Writer.RunAsync(
            transaction =>
            {
                var bucket = transaction.RequireBucket(name);
                var filled = transaction.Database.Prepare(
                    """
                    SELECT EXISTS (SELECT 1 FROM objects WHERE bucket = ?1) OR EXISTS (SELECT 1 FROM versions WHERE bucket = ?1)
                        OR EXISTS (SELECT 1 FROM uploads WHERE bucket = ?1)
                    """).Bind(1, bucket.Id).Scalar();
                if (filled != 0)
                {
                    throw StorageErrors.BucketNotEmpty(name);
                }

                transaction.Database.Prepare("DELETE FROM buckets WHERE id = ?1").Bind(1, bucket.Id).Execute();
                transaction.ForgetBucket(name);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken)
    {
        var store = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return store.Readers.Use(name, static (database, name) => Listings.FindBucketInfo(database, name));
    }

    /// <inheritdoc/>
    public override async Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions options, CancellationToken cancellationToken)
    {
        var store = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return store.Readers.Use(options, static (database, options) => Listings.Buckets(database, options));
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType == typeof(LocalStorageDriver) ? this : serviceType == typeof(SignedRequestHandler) ? RequestHandler : null;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Signing.DisposeAsync().ConfigureAwait(false);
        await _opening.WaitAsync().ConfigureAwait(false);
        try
        {
            _disposed = true;
            if (_store is { } store)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _opening.Release();
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The opened folder. A folder that could not be opened is tried again by the next request.</summary>
    internal ValueTask<LocalStore> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _store is { } store && !_disposed ? ValueTask.FromResult(store) : new ValueTask<LocalStore>(OpenFirstAsync(cancellationToken));
    }

    // URLs that were signed before a restart must work again without anybody signing a new one.
    private async Task ReopenEndpointAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Signing.StartEndpointAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.Unavailable)
        {
            // The port is taken, perhaps by another process that serves the same root. Signing will say so; everything else works without.
        }
    }

    private async Task<LocalStore> OpenFirstAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_store is null)
            {
                _store = await LocalStore.OpenAsync(Root, _options, cancellationToken).ConfigureAwait(false);
                if (_options is { EndpointPort: not 0, PublicBaseUrl: null })
                {
                    await ReopenEndpointAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            return _store;
        }
        finally
        {
            _opening.Release();
        }
    }
}
