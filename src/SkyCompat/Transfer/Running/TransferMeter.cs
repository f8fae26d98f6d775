using System.Collections.Concurrent;

namespace SkyCompat.Transfer.Running;

/// <summary>Counts what a transfer does.</summary>
internal sealed class TransferMeter(TimeProvider time)
{
    private const int MaxFailures = 1_000;
    private const int MaxShown = 16;

    private readonly ConcurrentDictionary<ActiveObject, bool> _active = new();
    private readonly Lock _lock = new();
    private readonly List<TransferResult> _failures = [];
    private readonly Dictionary<TransferVerification, long> _verified = [];
    private readonly Dictionary<TransferRoute, long> _routes = [];
    private readonly Dictionary<TransferRoute, TransferFallback> _fallbacks = [];
    private readonly long _started = time.GetTimestamp();
    private TransferCost _cost;
    private long _foundObjects;
    private long _foundBytes;
    private long _movedBytes;
    private long _copied;
    private long _skipped;
    private long _resumed;
    private long _deleted;
    private long _failed;
    private long _settledObjects;
    private long _settledBytes;

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public bool IsListingDone { get; set; }

    public long MovedBytes => Interlocked.Read(ref _movedBytes);

    /// <summary>Objects that were found and need no more work.</summary>
    public long SettledObjects => Interlocked.Read(ref _settledObjects);

    public long Failed => Interlocked.Read(ref _failed);

    public void Found(long size)
    {
        Interlocked.Increment(ref _foundObjects);
        Interlocked.Add(ref _foundBytes, size);
    }

    /// <summary>Says that an object which was found needs no more work, whatever became of it.</summary>
    public void Settled(long size)
    {
        Interlocked.Increment(ref _settledObjects);
        Interlocked.Add(ref _settledBytes, size);
    }

    /// <summary>Says that an object could not take a route.</summary>
    public void FellBack(TransferRoute route, string reason)
    {
        lock (_lock)
        {
            _fallbacks[route] = _fallbacks.TryGetValue(route, out var known) ? known with { Objects = known.Objects + 1 } : new TransferFallback { Route = route, Objects = 1, Reason = reason };
        }
    }

    /// <summary>Adds what was spent on no object in particular.</summary>
    public void Spend(TransferCost cost)
    {
        lock (_lock)
        {
            _cost += cost;
        }
    }

    public ActiveObject Begin(string name, long size, bool holdsSlot)
    {
        var active = new ActiveObject(name, size, holdsSlot);
        _active.TryAdd(active, true);
        return active;
    }

    public void Move(ActiveObject active, long bytes)
    {
        active.Add(bytes);
        Interlocked.Add(ref _movedBytes, bytes);
    }

    public void Restart(ActiveObject active) => Interlocked.Add(ref _movedBytes, -active.Reset());

    public void End(ActiveObject active) => _active.TryRemove(active, out _);

    public void Add(TransferResult result, bool isResumed)
    {
        lock (_lock)
        {
            _cost += result.Cost;
            switch (result.Outcome)
            {
                case TransferOutcome.Copied:
                    _copied++;
                    _verified[result.Verification] = _verified.GetValueOrDefault(result.Verification) + 1;
                    _routes[result.Route] = _routes.GetValueOrDefault(result.Route) + 1;
                    break;
                case TransferOutcome.Skipped:
                    _skipped++;
                    _resumed += isResumed ? 1 : 0;
                    break;
                case TransferOutcome.Deleted:
                    _deleted++;
                    break;
                default:
                    _failed++;
                    if (_failures.Count < MaxFailures)
                    {
                        _failures.Add(result);
                    }

                    break;
            }
        }
    }

    public TransferProgress GetProgress(double bytesPerSecond, int concurrency)
    {
        lock (_lock)
        {
            var (done, doneBytes) = (Interlocked.Read(ref _settledObjects), Interlocked.Read(ref _settledBytes));
            var left = _foundBytes - doneBytes - _active.Keys.Sum(static active => active.MovedBytes);
            var objectsLeft = _foundObjects - done;
            var elapsed = Elapsed;
            return new TransferProgress
            {
                Elapsed = elapsed,
                FoundObjects = _foundObjects,
                FoundBytes = _foundBytes,
                IsListingDone = IsListingDone,
                CopiedObjects = _copied,
                MovedBytes = MovedBytes,
                SkippedObjects = _skipped,
                DeletedObjects = _deleted,
                FailedObjects = _failed,
                BytesPerSecond = bytesPerSecond,
                Remaining = IsListingDone && (MovedBytes > 0 || done > 0) ? Estimate(elapsed, left, MovedBytes, objectsLeft, done) : null,
                Concurrency = concurrency,
                Objects = [.. _active.Keys.OrderByDescending(static active => active.Size).Take(MaxShown).Select(static active => new TransferObjectProgress(active.Name, active.Size, active.MovedBytes))],
            };
        }
    }

    public TransferReport GetReport(IReadOnlyList<TransferLoss> losses, long peakBufferBytes)
    {
        lock (_lock)
        {
            return new TransferReport
            {
                Copied = _copied,
                Skipped = _skipped,
                Resumed = _resumed,
                Deleted = _deleted,
                Failed = _failed,
                Failures = [.. _failures],
                Verified = new Dictionary<TransferVerification, long>(_verified),
                Routes = new Dictionary<TransferRoute, long>(_routes),
                Fallbacks = [.. _fallbacks.Values],
                Losses = losses,
                Cost = _cost,
                Elapsed = Elapsed,
                PeakBufferBytes = peakBufferBytes,
            };
        }
    }

    /// <summary>The slower of bytes and objects decides: many small objects are bound by requests, few large ones by bytes.</summary>
    public static TimeSpan Estimate(TimeSpan elapsed, long bytesLeft, long bytesDone, long objectsLeft, long objectsDone)
    {
        var byBytes = bytesDone > 0 ? elapsed * ((double)Math.Max(0, bytesLeft) / bytesDone) : TimeSpan.Zero;
        var byObjects = objectsDone > 0 ? elapsed * ((double)objectsLeft / objectsDone) : TimeSpan.Zero;
        return byBytes > byObjects ? byBytes : byObjects;
    }
}
