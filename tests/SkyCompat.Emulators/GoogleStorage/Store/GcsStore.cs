using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>All buckets, unfinished uploads and rewrites of one emulator.</summary>
internal sealed class GcsStore(GcsEmulatorOptions options)
{
    private readonly ConcurrentDictionary<string, GcsBucket> _buckets = new(StringComparer.Ordinal);
    private long _lastGeneration;

    public StoreBudget Budget { get; } = new(options.MaxStoredBytes);

    public ConcurrentDictionary<string, ResumableSession> Sessions { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, Rewrite> Rewrites { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset Now => options.Clock.GetUtcNow();

    /// <summary>In the order of their names.</summary>
    public IEnumerable<GcsBucket> Buckets => _buckets.Values.OrderBy(bucket => bucket.Name, StringComparer.Ordinal);

    /// <summary>Microseconds, as those of the service, but no two alike and always growing.</summary>
    public long NextGeneration(DateTimeOffset now)
    {
        var wanted = now.ToUnixTimeMilliseconds() * 1000;
        while (true)
        {
            var last = Interlocked.Read(ref _lastGeneration);
            var next = Math.Max(wanted, last + 1);
            if (Interlocked.CompareExchange(ref _lastGeneration, next, last) == last)
            {
                return next;
            }
        }
    }

    /// <exception cref="GcsError">404: there is none of this name.</exception>
    public GcsBucket Bucket(string name) => _buckets.TryGetValue(name, out var bucket) ? bucket : throw GcsError.BucketNotFound();

    /// <exception cref="GcsError">409: there is one of this name.</exception>
    public GcsBucket CreateBucket(string name, JsonObject resource)
    {
        var bucket = new GcsBucket(this, name, resource);
        return _buckets.TryAdd(name, bucket)
            ? bucket
            : throw GcsError.Conflict("Your previous request to create the named bucket succeeded and you already own it.", "BucketAlreadyOwnedByYou");
    }

    public void DeleteBucket(string name, Preconditions preconditions)
    {
        var bucket = Bucket(name);
        bucket.Delete(preconditions);
        _buckets.TryRemove(KeyValuePair.Create(name, bucket));
    }

    public void Clear()
    {
        _buckets.Clear();
        Sessions.Clear();
        Rewrites.Clear();
    }
}
