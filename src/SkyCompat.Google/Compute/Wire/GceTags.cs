namespace SkyCompat.Google;

/// <summary>The network tags of an instance, by which firewall rules find it.</summary>
internal sealed class GceTags
{
    public List<string>? Items { get; set; }
}
