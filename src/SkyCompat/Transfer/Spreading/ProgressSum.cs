using SkyCompat.Transfer.Running;

namespace SkyCompat.Transfer.Spreading;

/// <summary>Puts together the progress of the whole from the reports of the shards that are done and the signs of those that are under way.</summary>
internal sealed class ProgressSum(TimeProvider time)
{
    private const int MaxShown = 16;
    private const int RateLooks = 10;

    private readonly long _started = time.GetTimestamp();
    private readonly Queue<(long Time, long Bytes)> _recent = new();
    private long _doneObjects;
    private long _doneBytes;
    private long _earlierObjects;
    private long _earlierBytes;

    public long FoundObjects { get; private set; }

    public long FoundBytes { get; private set; }

    public bool IsListingDone { get; set; }

    /// <summary>What is known of the shards with a result.</summary>
    public TransferReport Report { get; private set; } = new();

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public void Found(long objects, long bytes) => (FoundObjects, FoundBytes) = (objects, bytes);

    /// <summary>Adds a shard that is done.</summary>
    /// <param name="result">What became of it.</param>
    /// <param name="isEarlier">Whether it was done before this run: what it copied then is resumed now, and cost nothing.</param>
    public TransferReport Add(ShardResult result, bool isEarlier)
    {
        var report = result.ToReport();
        if (isEarlier)
        {
            report = new TransferReport { Skipped = report.Copied + report.Skipped, Resumed = report.Copied + report.Resumed, Failed = report.Failed, Failures = report.Failures };
            _earlierObjects += result.Objects;
            _earlierBytes += result.Bytes;
        }

        _doneObjects += result.Objects;
        _doneBytes += result.Bytes;
        Report = ReportSum.Add(Report, report);
        return report;
    }

    /// <summary>Adds what the coordinator did itself.</summary>
    public void Add(TransferReport report) => Report = ReportSum.Add(Report, report);

    public TransferProgress GetProgress(IReadOnlyCollection<TransferProgress> running)
    {
        var moved = Report.Cost.Bytes + running.Sum(progress => progress.MovedBytes);
        var now = (Time: time.GetTimestamp(), Bytes: moved);
        _recent.Enqueue(now);
        var first = _recent.Count > RateLooks ? _recent.Dequeue() : _recent.Peek();
        var seconds = time.GetElapsedTime(first.Time, now.Time).TotalSeconds;
        var objects = _doneObjects + running.Sum(progress => progress.CopiedObjects + progress.SkippedObjects + progress.FailedObjects);
        var bytes = _doneBytes + running.Sum(progress => progress.MovedBytes);
        return new TransferProgress
        {
            Elapsed = Elapsed,
            FoundObjects = FoundObjects,
            FoundBytes = FoundBytes,
            IsListingDone = IsListingDone,
            CopiedObjects = Report.Copied + running.Sum(progress => progress.CopiedObjects),
            MovedBytes = moved,
            SkippedObjects = Report.Skipped + running.Sum(progress => progress.SkippedObjects),
            DeletedObjects = Report.Deleted,
            FailedObjects = Report.Failed + running.Sum(progress => progress.FailedObjects),

            // A worker that was taken over from had moved bytes that count no more.
            BytesPerSecond = seconds > 0 ? Math.Max(0, now.Bytes - first.Bytes) / seconds : 0,
            Remaining = IsListingDone && objects > _earlierObjects
                ? TransferMeter.Estimate(Elapsed, FoundBytes - bytes, bytes - _earlierBytes, FoundObjects - objects, objects - _earlierObjects)
                : null,
            Concurrency = running.Sum(progress => progress.Concurrency),
            Objects = [.. running.SelectMany(progress => progress.Objects).OrderByDescending(item => item.Size).Take(MaxShown)],
        };
    }
}
