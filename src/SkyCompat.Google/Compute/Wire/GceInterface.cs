using System.Text.Json.Serialization;

namespace SkyCompat.Google;

/// <summary>A network interface of an instance.</summary>
internal sealed class GceInterface
{
    public string? Name { get; set; }

    public string? Network { get; set; }

    public string? Subnetwork { get; set; }

    [JsonPropertyName("networkIP")]
    public string? NetworkIp { get; set; }

    public List<GceAccess>? AccessConfigs { get; set; }
}
