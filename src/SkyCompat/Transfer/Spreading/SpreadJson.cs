using System.Text.Json.Serialization;

namespace SkyCompat.Transfer.Spreading;

/// <summary>The documents of the journal of a transfer over a cluster. What is unknown is refused: it would be of another version.</summary>
[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TransferPlan))]
[JsonSerializable(typeof(TransferShard))]
[JsonSerializable(typeof(ShardResult))]
[JsonSerializable(typeof(LifeSign))]
[JsonSerializable(typeof(Claim))]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class SpreadJson : JsonSerializerContext;
