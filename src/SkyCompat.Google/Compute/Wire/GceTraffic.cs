using System.Text.Json.Serialization;

namespace SkyCompat.Google;

/// <summary>A protocol and its ports.</summary>
internal sealed class GceTraffic
{
    [JsonPropertyName("IPProtocol")]
    public string? Protocol { get; set; }

    public List<string>? Ports { get; set; }
}
