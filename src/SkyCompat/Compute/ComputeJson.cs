using System.Text.Json.Serialization;
using SkyCompat.Compute.Placement;
using SkyCompat.Compute.Pricing;

namespace SkyCompat.Compute;

/// <summary>The JSON of tokens, placements, prices and regions.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InstancePriceDocument))]
[JsonSerializable(typeof(List<RegionPlace>))]
[JsonSerializable(typeof(OperationState))]
[JsonSerializable(typeof(PlacementState))]
internal sealed partial class ComputeJson : JsonSerializerContext;
