using System.Globalization;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>One version of an object in memory, or a delete marker. Never changed, so that a reader needs no lock.</summary>
internal sealed record MemoryObject
{
    private const string NullVersion = "null";

    /// <summary>The place of this write among all writes of the store.</summary>
    public required long Sequence { get; init; }

    /// <summary>Whether it has a version id of its own; otherwise it is the "null" version of its key.</summary>
    public required bool Versioned { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    public bool IsMarker { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public uint Crc { get; init; }

    public VersionTag Tag { get; init; }

    public StorageTier Tier { get; init; }

    public ContentHeaders Headers { get; init; } = ContentHeaders.Default;

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    public string VersionId => Versioned ? Sequence.ToString("x16", CultureInfo.InvariantCulture) : NullVersion;

    public ObjectInfo ToInfo(string key, VersioningState state) => new()
    {
        Key = key,
        Size = Body.Length,
        Tag = Tag,
        LastModified = LastModified,
        VersionId = state == VersioningState.Disabled ? null : VersionId,
        Headers = Headers,
        Metadata = Metadata,
        Checksum = StoredCrc.ToChecksum(Crc),
        Tier = Tier,
    };
}
