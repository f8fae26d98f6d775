using System.Text.Json.Serialization;

namespace SkyCompat.Google;

/// <summary>How the JSON of Compute Engine is written and read, generated at compile time. What is null is not sent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(GceAccess))]
[JsonSerializable(typeof(GceAddress))]
[JsonSerializable(typeof(GceAttachedDisk))]
[JsonSerializable(typeof(GceConsole))]
[JsonSerializable(typeof(GceDisk))]
[JsonSerializable(typeof(GceFirewall))]
[JsonSerializable(typeof(GceImage))]
[JsonSerializable(typeof(GceInstance))]
[JsonSerializable(typeof(GceNetwork))]
[JsonSerializable(typeof(GceOperation))]
[JsonSerializable(typeof(GceQuotaHolder))]
[JsonSerializable(typeof(GceScopes))]
[JsonSerializable(typeof(GceSnapshot))]
[JsonSerializable(typeof(GceSubnetwork))]
[JsonSerializable(typeof(GceList<GceAddress>), TypeInfoPropertyName = "AddressList")]
[JsonSerializable(typeof(GceList<GceFirewall>), TypeInfoPropertyName = "FirewallList")]
[JsonSerializable(typeof(GceList<GceMachineType>), TypeInfoPropertyName = "MachineTypeList")]
[JsonSerializable(typeof(GceList<GceNetwork>), TypeInfoPropertyName = "NetworkList")]
[JsonSerializable(typeof(GceList<GceOperation>), TypeInfoPropertyName = "OperationList")]
[JsonSerializable(typeof(GceList<GceSnapshot>), TypeInfoPropertyName = "SnapshotList")]
[JsonSerializable(typeof(GceList<GceZone>), TypeInfoPropertyName = "ZoneList")]
internal sealed partial class GceJson : JsonSerializerContext;
