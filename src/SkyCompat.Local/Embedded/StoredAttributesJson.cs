using System.Text.Json.Serialization;

namespace SkyCompat.Local;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredAttributes))]
internal sealed partial class StoredAttributesJson : JsonSerializerContext;
