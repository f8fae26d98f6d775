using System.Text.Json.Serialization;

namespace SkyCompat.Google;

/// <summary>How the JSON of the store is read, generated at compile time. Numbers of 64 bits come as text.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(BucketReply))]
[JsonSerializable(typeof(BucketListReply))]
[JsonSerializable(typeof(ErrorReply))]
[JsonSerializable(typeof(ObjectReply))]
[JsonSerializable(typeof(ObjectListReply))]
[JsonSerializable(typeof(RewriteReply))]
[JsonSerializable(typeof(SignBlobReply))]
internal sealed partial class GoogleJson : JsonSerializerContext;
