using System.Text.Json;
using System.Text.Json.Serialization;

namespace SkyCompat.Google;

/// <summary>How the JSON of Kubernetes Engine is read.</summary>
[JsonSerializable(typeof(JsonDocument))]
internal sealed partial class GkeJson : JsonSerializerContext;
