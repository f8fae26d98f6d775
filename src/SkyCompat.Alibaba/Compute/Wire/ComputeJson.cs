using System.Text.Json.Serialization;

namespace SkyCompat.Alibaba;

/// <summary>How replies are read, generated at compile time. The provider's own clients take all numbers as either whole or not.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(EcsAvailableResourceReply))]
[JsonSerializable(typeof(EcsConsoleReply))]
[JsonSerializable(typeof(EcsCreateDiskReply))]
[JsonSerializable(typeof(EcsCreateSecurityGroupReply))]
[JsonSerializable(typeof(EcsCreateSnapshotReply))]
[JsonSerializable(typeof(EcsDiskReply))]
[JsonSerializable(typeof(EcsImageReply))]
[JsonSerializable(typeof(EcsImportKeyPairReply))]
[JsonSerializable(typeof(EcsInstanceReply))]
[JsonSerializable(typeof(EcsInstanceTypeReply))]
[JsonSerializable(typeof(EcsKeyPairReply))]
[JsonSerializable(typeof(EcsPriceReply))]
[JsonSerializable(typeof(EcsRunReply))]
[JsonSerializable(typeof(EcsSecurityGroupReply))]
[JsonSerializable(typeof(EcsSecurityGroupRulesReply))]
[JsonSerializable(typeof(EcsSnapshotReply))]
[JsonSerializable(typeof(RpcReply))]
[JsonSerializable(typeof(VpcAllocateEipReply))]
[JsonSerializable(typeof(VpcCreateReply))]
[JsonSerializable(typeof(VpcCreateSwitchReply))]
[JsonSerializable(typeof(VpcEipReply))]
[JsonSerializable(typeof(VpcNetworkReply))]
[JsonSerializable(typeof(VpcSwitchReply))]
[JsonSerializable(typeof(VpcZoneReply))]
internal sealed partial class ComputeJson : JsonSerializerContext;
