namespace SkyCompat.Google;

/// <summary>One entry of the metadata.</summary>
internal sealed class GceMetadataItem
{
    public string? Key { get; set; }

    public string? Value { get; set; }
}
