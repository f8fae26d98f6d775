using System.Text.Json.Serialization;

namespace SkyCompat.Clusters;

/// <summary>The JSON of tokens.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClusterIntent))]
[JsonSerializable(typeof(NodePoolSpec))]
internal sealed partial class ClusterJson : JsonSerializerContext;
