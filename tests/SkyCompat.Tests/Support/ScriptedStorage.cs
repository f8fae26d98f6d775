using System.Collections.Concurrent;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

/// <summary>A store in memory that does what its script says.</summary>
internal sealed class ScriptedStorage : StorageDriver
{
    private readonly ConcurrentDictionary<string, ScriptedBucket> _buckets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _deleted = new(StringComparer.Ordinal);
    private int _tags;

    public Script Script { get; } = new();

    /// <summary>What its buckets can do.</summary>
    public BucketCapabilities Capabilities { get; set; } = ScriptedBucket.Everything;

    /// <summary>Whether its buckets ask before they know what they can do.</summary>
    public bool ProbesCapabilities { get; set; }

    /// <summary>The script of another account of the same service, whose buckets can be copied from inside it.</summary>
    public Script? CopiesFrom { get; set; }

    public int Disposals { get; private set; }

    public override CloudProvider Provider => new("Test");

    public override string? ServerAddress => "store.test:443";

    public ScriptedBucket Bucket(string name = "media") => _buckets.GetOrAdd(name, n => new ScriptedBucket(this, n));

    public VersionTag NextTag() => VersionTag.Parse($"tag-{Interlocked.Increment(ref _tags)}");

    public override string? ValidateBucketName(string name) => name.Any(char.IsUpper) ? "Bucket names are in lower case." : null;

    public override BucketDriver OpenBucket(string name) => Bucket(name);

    public override async Task CreateBucketAsync(string name, CreateBucketOptions options, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("CreateBucket", name, cancellationToken);
        _ = Bucket(name);
        _deleted.TryRemove(name, out _);
        await Script.EndAsync(call);
    }

    public override async Task DeleteBucketAsync(string name, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("DeleteBucket", name, cancellationToken);
        if (!_buckets.TryRemove(name, out _))
        {
            throw Errors.NotFound(ObjectStorageErrorReasons.BucketNotFound);
        }

        _deleted[name] = true;

        await Script.EndAsync(call);
    }

    public override async Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken)
    {
        await Script.BeginAsync("GetBucketInfo", name, cancellationToken);
        return _buckets.ContainsKey(name) && !_deleted.ContainsKey(name) ? new BucketInfo { Name = name } : null;
    }

    public override async Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions options, CancellationToken cancellationToken)
    {
        await Script.BeginAsync("ListBuckets", null, cancellationToken);
        return new BucketPage([.. _buckets.Keys.Order(StringComparer.Ordinal).Select(name => new BucketInfo { Name = name })], null);
    }

    public override object? GetService(Type serviceType) => serviceType == typeof(ScriptedStorage) ? this : null;

    public override ValueTask DisposeAsync()
    {
        Disposals++;
        return base.DisposeAsync();
    }
}
