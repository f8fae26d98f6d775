using System.Text.Json.Serialization;
using SkyCompat.Compute.Pricing;

namespace SkyCompat.Compute;

/// <summary>The JSON of tokens and of prices.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InstancePriceDocument))]
[JsonSerializable(typeof(OperationState))]
internal sealed partial class ComputeJson : JsonSerializerContext;
