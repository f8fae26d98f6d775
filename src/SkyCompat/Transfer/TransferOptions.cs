namespace SkyCompat.Transfer;

/// <summary>How a transfer is done.</summary>
public sealed record TransferOptions
{
    /// <summary>The defaults.</summary>
    public static TransferOptions Default { get; } = new();

    /// <summary>When the destination's object counts as the same; for sync, mirror and comparing.</summary>
    /// <value>Default: <see cref="TransferComparison.SizeAndTime"/>.</value>
    public TransferComparison Comparison { get; init; }

    /// <summary>What is done about objects that are there already.</summary>
    /// <value>Default: <see cref="TransferOverwrite.Always"/>.</value>
    public TransferOverwrite Overwrite { get; init; }

    /// <summary>The routes that may be taken; of those, the cheapest sound one is chosen for each object.</summary>
    /// <value>Default: <see cref="TransferRoute.All"/>.</value>
    public TransferRoute Routes { get; init; } = TransferRoute.All;

    /// <summary>From which size on, in bytes, an object may be pulled by the destination; below, two requests through this process are less than a pull's three.</summary>
    /// <value>Default: 16,777,216 (16 MiB).</value>
    public long PullFromBytes { get; init; } = 16L << 20;

    /// <summary>Whether every object must be verified by a checksum that the source keeps. One whose source keeps none, or none that can be compared on any route, then fails instead of being copied.</summary>
    /// <value>Default: false; checksums are compared wherever both sides have one, and the result says by what each object was verified.</value>
    public bool RequireChecksum { get; init; }

    /// <summary>Whether tags are carried, where both sides keep them: one request more per object that has tags, and per object whose store does not tell.</summary>
    /// <value>Default: true.</value>
    public bool IncludeTags { get; init; } = true;

    /// <summary>Whether the tier is carried, where both sides have tiers. Otherwise objects go to the standard tier.</summary>
    /// <value>Default: true.</value>
    public bool IncludeTier { get; init; } = true;

    /// <summary>Whether the modification time is carried: as the file's time to a folder, as metadata <c>mtime</c> (seconds since 1970, as rclone writes it) to a bucket.</summary>
    /// <value>Default: true.</value>
    public bool IncludeModifiedTime { get; init; } = true;

    /// <summary>Whether a transfer that would lose attributes (<see cref="TransferOutline.Losses"/>) is refused before it starts.</summary>
    /// <value>Default: false; losses are reported.</value>
    public bool RefuseLosses { get; init; }

    /// <summary>Whether a mirror deletes what only the destination has.</summary>
    /// <value>Default: false.</value>
    public bool DeleteExtra { get; init; }

    /// <summary>How many objects a mirror deletes at most. If there are more, none is deleted and the transfer fails.</summary>
    /// <value>Default: 1,000.</value>
    public long MaxDeletes { get; init; } = 1_000;

    /// <summary>A file that records what was finished, so that the same request goes on after a crash without repeating finished objects or parts. Made if it is not there; a finished transfer
    /// leaves it, and the next run starts anew.</summary>
    /// <value>Default: null, no journal.</value>
    public string? JournalPath { get; init; }

    /// <summary>The most objects and parts in flight at a time, 1 to 1,024. Below it the number follows the measured throughput and errors.</summary>
    /// <value>Default: null, the setting <c>SkyCompat:Transfer:MaxConcurrency</c> (256).</value>
    public int? MaxConcurrency { get; init; }

    /// <summary>The most bytes per second that are read by this process, from 1; null for no limit.</summary>
    public long? MaxBytesPerSecond { get; init; }

    /// <summary>The size of a part in bytes; clamped to the destination's limits.</summary>
    /// <value>Default: null, 8 MiB (16 MiB of a file) growing with the size of the object.</value>
    public long? PartSizeBytes { get; init; }
}
