namespace SkyCompat.Transfer;

/// <summary>What became of a transfer.</summary>
public sealed record TransferReport
{
    /// <summary>Objects copied in this run.</summary>
    public long Copied { get; init; }

    /// <summary>Objects left as they were, those finished by an earlier run of the journal among them.</summary>
    public long Skipped { get; init; }

    /// <summary>Of those, objects finished by an earlier run.</summary>
    public long Resumed { get; init; }

    /// <summary>Objects deleted at the destination.</summary>
    public long Deleted { get; init; }

    /// <summary>Objects that could not be moved.</summary>
    public long Failed { get; init; }

    /// <summary>The first 1,000 that failed; the observer is told of all.</summary>
    public IReadOnlyList<TransferResult> Failures { get; init; } = [];

    /// <summary>How many copied objects were verified by what.</summary>
    public IReadOnlyDictionary<TransferVerification, long> Verified { get; init; } = new Dictionary<TransferVerification, long>();

    /// <summary>How many copied objects took which route.</summary>
    public IReadOnlyDictionary<TransferRoute, long> Routes { get; init; } = new Dictionary<TransferRoute, long>();

    /// <summary>The routes that some objects could not take after all, one entry for each.</summary>
    public IReadOnlyList<TransferFallback> Fallbacks { get; init; } = [];

    /// <summary>What could not be kept.</summary>
    public IReadOnlyList<TransferLoss> Losses { get; init; } = [];

    /// <summary>Bytes, requests and cost of this run; requests that were retried are not counted.</summary>
    public TransferCost Cost { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The most bytes of buffers that were in use at a time.</summary>
    public long PeakBufferBytes { get; init; }
}
