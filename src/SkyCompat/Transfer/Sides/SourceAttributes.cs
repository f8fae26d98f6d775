using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>What an object of the source has beside its bytes.</summary>
internal sealed record SourceAttributes
{
    public required long Size { get; init; }

    public ContentHeaders Headers { get; init; } = ContentHeaders.Default;

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = WriteRequests.DefaultOptions.Metadata;

    public required DateTimeOffset ModifiedAt { get; init; }

    public Checksum? Checksum { get; init; }

    public StorageTier Tier { get; init; }
}
