namespace SkyCompat.Transfer.Spreading;

/// <summary>What became of a shard, as the journal keeps it: its report, with errors in a form of their own and without losses, which the coordinator knows.</summary>
internal sealed record ShardResult
{
    /// <summary>The source's objects in the shard, by its definition.</summary>
    public required long Objects { get; init; }

    /// <summary>Their bytes.</summary>
    public required long Bytes { get; init; }

    public long Copied { get; init; }

    public long Skipped { get; init; }

    public long Resumed { get; init; }

    public long Failed { get; init; }

    public required IReadOnlyList<FailedObject> Failures { get; init; }

    /// <summary>How many objects only the destination has; their names are in a document of their own unless there are more than may be deleted.</summary>
    public long Extras { get; init; }

    public required IReadOnlyDictionary<TransferVerification, long> Verified { get; init; }

    public required IReadOnlyDictionary<TransferRoute, long> Routes { get; init; }

    public required IReadOnlyList<TransferFallback> Fallbacks { get; init; }

    public TransferCost Cost { get; init; }

    public long PeakBufferBytes { get; init; }

    public static ShardResult Of(TransferShard shard, TransferReport report, long extras) => new()
    {
        Objects = shard.Objects,
        Bytes = shard.Bytes,
        Copied = report.Copied,
        Skipped = report.Skipped,
        Resumed = report.Resumed,
        Failed = report.Failed,
        Failures = [.. report.Failures.Select(FailedObject.Of)],
        Extras = extras,
        Verified = report.Verified,
        Routes = report.Routes,
        Fallbacks = report.Fallbacks,
        Cost = report.Cost,
        PeakBufferBytes = report.PeakBufferBytes,
    };

    public TransferReport ToReport() => new()
    {
        Copied = Copied,
        Skipped = Skipped,
        Resumed = Resumed,
        Failed = Failed,
        Failures = [.. Failures.Select(failure => failure.ToResult())],
        Verified = Verified,
        Routes = Routes,
        Fallbacks = Fallbacks,
        Cost = Cost,
        PeakBufferBytes = PeakBufferBytes,
    };
}
