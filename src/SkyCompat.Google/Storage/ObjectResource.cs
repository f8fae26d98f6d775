using System.Buffers;
using System.Collections.ObjectModel;
using System.Text.Json;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Objects in the JSON of requests and replies.</summary>
internal static class ObjectResource
{
    /// <summary>The fields that make an <see cref="ObjectInfo"/>.</summary>
    public const string InfoFields = "name,generation,size,updated,contentType,cacheControl,contentDisposition,contentEncoding,contentLanguage,storageClass,crc32c,metadata";

    /// <summary>Writes what is stored with an object.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="name">Its name; null where the URL says it.</param>
    /// <param name="headers">Its content headers.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="storageClass">Its storage class; null for the bucket's default.</param>
    /// <param name="checksum">The CRC-32C that the store is to check; null for none.</param>
    public static void Write(
        IBufferWriter<byte> target, string? name, ContentHeaders headers, IReadOnlyDictionary<string, string> metadata, string? storageClass, Checksum? checksum)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        WriteOptional(json, "name", name);
        json.WriteString("contentType"u8, headers.ContentType);
        WriteOptional(json, "cacheControl", headers.CacheControl);
        WriteOptional(json, "contentDisposition", headers.ContentDisposition);
        WriteOptional(json, "contentEncoding", headers.ContentEncoding);
        WriteOptional(json, "contentLanguage", headers.ContentLanguage);
        WriteOptional(json, "storageClass", storageClass);
        if (checksum is { Algorithm: ChecksumAlgorithm.Crc32C })
        {
            json.WriteBase64String("crc32c"u8, checksum.Value);
        }

        if (metadata.Count > 0)
        {
            json.WriteStartObject("metadata"u8);
            foreach (var (key, value) in metadata)
            {
                json.WriteString(key, MetadataText.Encode(value, encodesEmpty: true));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Reads the properties of an object.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="isVersioned">Whether its generation is told as a version id.</param>
    /// <returns>The properties.</returns>
    public static ObjectInfo Read(ObjectReply reply, bool isVersioned)
    {
        var generation = Generation.Format(reply.Generation);
        return new ObjectInfo
        {
            Key = reply.Name,
            Size = reply.Size,
            Tag = VersionTag.Parse(generation),
            LastModified = ToSecond(reply.Updated),
            VersionId = isVersioned ? generation : null,
            Headers = new ContentHeaders
            {
                ContentType = string.IsNullOrEmpty(reply.ContentType) ? ContentHeaders.DefaultContentType : reply.ContentType,
                CacheControl = NullIfEmpty(reply.CacheControl),
                ContentDisposition = NullIfEmpty(reply.ContentDisposition),
                ContentEncoding = NullIfEmpty(reply.ContentEncoding),
                ContentLanguage = NullIfEmpty(reply.ContentLanguage),
            },
            Metadata = ReadMetadata(reply.Metadata),
            Checksum = reply.Crc32c is { } crc ? Checksum.TryParseBase64(ChecksumAlgorithm.Crc32C, crc) : null,
            Tier = GoogleTiers.Read(reply.StorageClass),
        };
    }

    /// <summary>The result of a write.</summary>
    public static PutResult ToResult(ObjectReply reply, bool isVersioned)
    {
        if (reply.Generation <= 0)
        {
            throw new CloudException(CloudErrorCode.Unknown, "The reply does not say which generation was written: something on the way, such as a proxy, answered in the store's place.")
            {
                MayHaveTakenEffect = true,
            };
        }

        var generation = Generation.Format(reply.Generation);
        return new PutResult { Tag = VersionTag.Parse(generation), VersionId = isVersioned ? generation : null };
    }

    /// <summary>An instant as the headers of a read tell it, so that all ways to ask give the same.</summary>
    public static DateTimeOffset ToSecond(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());

    private static IReadOnlyDictionary<string, string> ReadMetadata(Dictionary<string, string>? metadata)
    {
        if (metadata is null or { Count: 0 })
        {
            return ReadOnlyDictionary<string, string>.Empty;
        }

        var read = new Dictionary<string, string>(metadata.Count, StringComparer.Ordinal);
        foreach (var (key, value) in metadata)
        {
            read[key.ToLowerInvariant()] = MetadataText.Decode(value);
        }

        return read;
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
