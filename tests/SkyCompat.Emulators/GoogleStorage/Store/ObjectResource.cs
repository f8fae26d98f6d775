using System.Globalization;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>An object as the JSON API shows it. Numbers of 64 bits are strings there.</summary>
internal static class ObjectResource
{
    public static JsonObject ToJson(GcsObject target, string origin)
    {
        var (bucket, name) = (Uri.EscapeDataString(target.Bucket), Uri.EscapeDataString(target.Name));
        var generation = Number(target.Generation);
        var resource = new JsonObject
        {
            ["kind"] = "storage#object",
            ["id"] = $"{target.Bucket}/{target.Name}/{generation}",
            ["selfLink"] = $"{origin}/storage/v1/b/{bucket}/o/{name}",
            ["mediaLink"] = $"{origin}/download/storage/v1/b/{bucket}/o/{name}?generation={generation}&alt=media",
            ["name"] = target.Name,
            ["bucket"] = target.Bucket,
            ["generation"] = generation,
            ["metageneration"] = Number(target.Metageneration),
            ["storageClass"] = target.StorageClass,
            ["size"] = Number(target.Content.Length),
            ["crc32c"] = Crc32C.ToBase64(target.Content.Crc32C),
            ["etag"] = target.ETag,
            ["timeCreated"] = Time(target.TimeCreated),
            ["updated"] = Time(target.Updated),
            ["timeStorageClassUpdated"] = Time(target.TimeStorageClassUpdated),
            ["timeFinalized"] = Time(target.TimeCreated),
        };
        if (target.Content.Md5 is { } md5)
        {
            resource["md5Hash"] = Convert.ToBase64String(md5);
        }

        if (target.ComponentCount is { } count)
        {
            resource["componentCount"] = count;
        }

        if (target.TimeDeleted is { } deleted)
        {
            resource["timeDeleted"] = Time(deleted);
        }

        target.Fields.WriteTo(resource);
        return resource;
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
