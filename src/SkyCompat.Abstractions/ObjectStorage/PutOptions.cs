using System.Collections.ObjectModel;

namespace SkyCompat.ObjectStorage;

/// <summary>How to write an object. All of it replaces what was there; nothing is merged.</summary>
public sealed record PutOptions
{
    /// <summary>The content headers to store.</summary>
    /// <value>Default: only <see cref="ContentHeaders.DefaultContentType"/>.</value>
    public ContentHeaders Headers { get; init; } = ContentHeaders.Default;

    /// <summary>The user's metadata. Keys: <c>[a-z][a-z0-9-]*</c>, upper case is folded; values: any text without control characters.
    /// Keys that begin with <c>skycompat-</c> are reserved. The size limit is <see cref="BucketCapabilities.MaxMetadataBytes"/>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Tags; at most <see cref="BucketCapabilities.MaxTags"/>. Keys have 1 to 128 characters and values 0 to 256: letters, digits, spaces and <c>+ - = . _ : / @</c>.
    /// Needs <see cref="BucketFeatures.Tags"/>.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The storage tier; anything but <see cref="StorageTier.Standard"/> needs <see cref="BucketFeatures.Tiers"/>.</summary>
    public StorageTier Tier { get; init; }

    /// <summary>What must hold when the object becomes visible, on every path: single request, multipart and stream.</summary>
    /// <value>Default: <see cref="WriteCondition.None"/>.</value>
    public WriteCondition Condition { get; init; }

    /// <summary>The checksum that the bytes must have (<see cref="ChecksumAlgorithm.Crc32C"/>, <see cref="ChecksumAlgorithm.Crc64Nvme"/>, <see cref="ChecksumAlgorithm.Crc64Ecma"/>,
    /// <see cref="ChecksumAlgorithm.Md5"/> or <see cref="ChecksumAlgorithm.Sha256"/>); on a mismatch nothing becomes visible. Null for no check beyond the engine's own.</summary>
    public Checksum? Checksum { get; init; }

    /// <summary>The size of a part in bytes when the body is sent in parts; clamped to the provider's limits.</summary>
    /// <value>Default: null, 8 MiB growing with the size of the object.</value>
    public long? PartSizeBytes { get; init; }

    /// <summary>How many parts are sent at the same time, 1 to 256.</summary>
    /// <value>Default: null, 4.</value>
    public int? Concurrency { get; init; }

    /// <summary>About how many bytes will come, for a body of unknown length: lets providers that want parts of equal size choose one up front. It need not be exact.</summary>
    public long? SizeHintBytes { get; init; }

    /// <summary>Told the number of body bytes that the store has acknowledged so far. Called from any thread, in order.</summary>
    public IProgress<long>? Progress { get; init; }
}
