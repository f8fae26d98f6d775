using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Makes the requests of another driver fail as a <see cref="FaultPlan"/> says. It stands beneath the engine, so that checks, retries and resumed reads are put to the test.</summary>
/// <remarks>Signing and capabilities are left alone: they send nothing. Disposing it disposes the driver beneath.</remarks>
public sealed class FaultInjectingStorageDriver : StorageDriver
{
    private readonly StorageDriver _inner;
    private readonly FaultInjector _faults;

    /// <summary>Wraps a driver.</summary>
    /// <param name="inner">The driver; disposed with this one.</param>
    /// <param name="plan">What goes wrong, and when.</param>
    /// <param name="timeProvider">The clock that delays go by; null for the system's.</param>
    public FaultInjectingStorageDriver(StorageDriver inner, FaultPlan plan, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(plan);
        _inner = inner;
        _faults = new FaultInjector(plan, timeProvider ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public override CloudProvider Provider => _inner.Provider;

    /// <inheritdoc/>
    public override string? ServerAddress => _inner.ServerAddress;

    /// <inheritdoc/>
    public override string? ValidateBucketName(string name) => _inner.ValidateBucketName(name);

    /// <inheritdoc/>
    public override BucketDriver OpenBucket(string name) => new FaultInjectingBucketDriver(_inner.OpenBucket(name), _faults);

    /// <inheritdoc/>
    public override Task CreateBucketAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken) =>
        _faults.RunAsync(FaultOperations.Buckets, writes: true, () => _inner.CreateBucketAsync(name, options, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override Task DeleteBucketAsync(string name, CancellationToken cancellationToken) =>
        _faults.RunAsync(FaultOperations.Buckets, writes: true, () => _inner.DeleteBucketAsync(name, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken) =>
        _faults.RunAsync(FaultOperations.Buckets, writes: false, () => _inner.TryGetBucketInfoAsync(name, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions options, CancellationToken cancellationToken) =>
        _faults.RunAsync(FaultOperations.Buckets, writes: false, () => _inner.ListBucketsPageAsync(options, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType) => serviceType == typeof(FaultInjectingStorageDriver) ? this : _inner.GetService(serviceType);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
