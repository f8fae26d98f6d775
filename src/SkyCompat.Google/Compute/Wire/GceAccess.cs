using System.Text.Json.Serialization;

namespace SkyCompat.Google;

/// <summary>A way from outside to an interface.</summary>
internal sealed class GceAccess
{
    public string? Name { get; set; }

    public string? Type { get; set; }

    [JsonPropertyName("natIP")]
    public string? NatIp { get; set; }
}
