namespace SkyCompat.ObjectStorage;

/// <summary>What to read, and how.</summary>
public sealed record GetOptions
{
    /// <summary>Which bytes to read; null for all.</summary>
    public ByteRange? Range { get; init; }

    /// <summary>What must hold for the read to return the object; null for nothing.</summary>
    public ReadCondition? Condition { get; init; }

    /// <summary>A version id; null for the current version. Needs <see cref="BucketFeatures.Versions"/>.</summary>
    public string? VersionId { get; init; }

    /// <summary>How many ranges of the body are fetched at the same time, 1 to 256. Above 1, the body is read ahead in parts of
    /// <see cref="PartSizeBytes"/>, each a request of its own pinned to the tag of the first, held in the process-wide byte budget.</summary>
    /// <value>Default: 1, one request for the whole body.</value>
    public int Concurrency { get; init; } = 1;

    /// <summary>The size of a range in bytes when <see cref="Concurrency"/> is above 1, from 64 KiB to 1 GiB.</summary>
    /// <value>Default: null, 8 MiB.</value>
    public long? PartSizeBytes { get; init; }

    /// <summary>Whether the bytes of a whole object are compared with the checksum that the store keeps, where it keeps one that the engine can compute.
    /// The comparison happens before the last bytes are handed out and raises <see cref="CloudErrorCode.DataCorrupted"/> instead of them.</summary>
    /// <value>Default: true.</value>
    public bool VerifyChecksum { get; init; } = true;
}
