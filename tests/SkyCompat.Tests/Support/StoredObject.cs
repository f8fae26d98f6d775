using System.Collections.ObjectModel;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

/// <summary>An object that the scripted driver holds.</summary>
internal sealed record StoredObject(byte[] Bytes, VersionTag Tag, string? VersionId)
{
    public static DateTimeOffset Written { get; } = new(2026, 1, 2, 3, 4, 5, 600, TimeSpan.Zero);

    public ContentHeaders Headers { get; init; } = ContentHeaders.Default;

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public StorageTier Tier { get; init; }

    public Checksum? Checksum { get; init; }

    public ObjectInfo ToInfo(string key) => new()
    {
        Key = key,
        Size = Bytes.Length,
        Tag = Tag,
        LastModified = Written,
        VersionId = VersionId,
        Headers = Headers,
        Metadata = Metadata,
        Checksum = Checksum,
        Tier = Tier,
    };
}
