namespace SkyCompat.ObjectStorage;

/// <summary>What a bucket can do and within which limits. Data, proven by the conformance suite; a provider's limits come from its documents.</summary>
public sealed record BucketCapabilities
{
    /// <summary>What the bucket can do.</summary>
    public required BucketFeatures Features { get; init; }

    /// <summary>The longest key, in UTF-8 bytes.</summary>
    public int MaxKeyBytes { get; init; } = 1024;

    /// <summary>How much user metadata an object carries: the UTF-8 bytes of all keys and encoded values together.</summary>
    public int MaxMetadataBytes { get; init; } = 2048;

    /// <summary>How many tags an object carries.</summary>
    public int MaxTags { get; init; } = 10;

    /// <summary>The largest object, in bytes.</summary>
    public long MaxObjectBytes { get; init; } = long.MaxValue;

    /// <summary>The largest body of a single-request put, in bytes.</summary>
    public long MaxPutBytes { get; init; } = 5L << 30;

    /// <summary>The smallest part but the last, in bytes.</summary>
    public long MinPartBytes { get; init; } = 5L << 20;

    /// <summary>The largest part, in bytes.</summary>
    public long MaxPartBytes { get; init; } = 5L << 30;

    /// <summary>How many parts an upload has at most.</summary>
    public int MaxParts { get; init; } = 10_000;

    /// <summary>Whether all parts but the last must have the same size.</summary>
    public bool UniformParts { get; init; }

    /// <summary>What the size of every part but the last must be a multiple of, in bytes.</summary>
    public int PartMultipleBytes { get; init; } = 1;

    /// <summary>The largest object that one copy request takes, in bytes; larger ones are copied in parts.</summary>
    public long MaxCopyBytes { get; init; } = 5L << 30;

    /// <summary>How many keys one delete request takes.</summary>
    public int MaxBatchDelete { get; init; } = 1000;

    /// <summary>The longest page of a list.</summary>
    public int MaxPageSize { get; init; } = 1000;

    /// <summary>The longest life of a signed request.</summary>
    public TimeSpan MaxSignedLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The algorithm of the checksum that the store takes with a body; meaningful with <see cref="BucketFeatures.UploadChecksum"/>.</summary>
    public ChecksumAlgorithm UploadChecksumAlgorithm { get; init; }

    /// <summary>Whether the bucket has a feature, or all of several.</summary>
    /// <param name="features">One or more features.</param>
    /// <returns>True if it has them all.</returns>
    public bool Supports(BucketFeatures features) => (Features & features) == features;
}
