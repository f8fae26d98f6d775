using System.Text.Json.Serialization;
using SkyCompat.Transfer.Pricing;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer;

/// <summary>The documents of the journal and of price files.</summary>
[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, PropertyNameCaseInsensitive = true, ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(UploadState))]
[JsonSerializable(typeof(PriceDocument))]
internal sealed partial class TransferJson : JsonSerializerContext;
