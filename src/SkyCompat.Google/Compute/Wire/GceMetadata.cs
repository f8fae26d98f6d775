namespace SkyCompat.Google;

/// <summary>What an instance can read about itself.</summary>
internal sealed class GceMetadata
{
    public List<GceMetadataItem>? Items { get; set; }
}
