using System.Text.Json.Serialization;

namespace SkyCompat.Local;

/// <summary>The JSON of what is kept of machines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LocalMachine))]
internal sealed partial class LocalComputeJson : JsonSerializerContext;
