namespace SkyCompat.Transfer;

/// <summary>The state of a running transfer.</summary>
public sealed record TransferProgress
{
    /// <summary>How long it has run.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Objects found so far that are to be copied.</summary>
    public long FoundObjects { get; init; }

    /// <summary>Bytes of those.</summary>
    public long FoundBytes { get; init; }

    /// <summary>Whether both sides have been listed to the end, so that the numbers of what was found are final.</summary>
    public bool IsListingDone { get; init; }

    /// <summary>Objects copied.</summary>
    public long CopiedObjects { get; init; }

    /// <summary>Bytes moved, of unfinished objects too.</summary>
    public long MovedBytes { get; init; }

    /// <summary>Objects skipped.</summary>
    public long SkippedObjects { get; init; }

    /// <summary>Objects deleted.</summary>
    public long DeletedObjects { get; init; }

    /// <summary>Objects that failed.</summary>
    public long FailedObjects { get; init; }

    /// <summary>Bytes per second over the last seconds.</summary>
    public double BytesPerSecond { get; init; }

    /// <summary>How long it may still take, by the rate so far; null until the listing is done.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>How many objects and parts may be in flight at this moment.</summary>
    public int Concurrency { get; init; }

    /// <summary>Objects in flight, the largest first; at most 16.</summary>
    public IReadOnlyList<TransferObjectProgress> Objects { get; init; } = [];
}
