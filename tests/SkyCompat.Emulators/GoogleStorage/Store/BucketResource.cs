using System.Globalization;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>A bucket as the JSON API shows it.</summary>
internal static class BucketResource
{
    private static readonly string[] StorageClasses = ["STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE", "MULTI_REGIONAL", "REGIONAL", "DURABLE_REDUCED_AVAILABILITY"];
    private static readonly string[] MultiRegions = ["US", "EU", "ASIA"];

    /// <summary>What the service decides, whatever a caller sends.</summary>
    private static readonly HashSet<string> OutputOnly = new(
        ["kind", "id", "selfLink", "name", "projectNumber", "timeCreated", "updated", "metageneration", "etag", "location", "locationType", "generation", "satisfiesPZS", "owner"],
        StringComparer.Ordinal);

    public static JsonObject Create(JsonObject wanted, string name, string origin, DateTimeOffset now)
    {
        var location = (wanted.Text("location") ?? "US").ToUpperInvariant();
        var resource = new JsonObject
        {
            ["kind"] = "storage#bucket",
            ["id"] = name,
            ["selfLink"] = $"{origin}/storage/v1/b/{name}",
            ["projectNumber"] = "100000000000",
            ["name"] = name,
            ["location"] = location,
            ["locationType"] = MultiRegions.Contains(location) ? "multi-region" : "region",
            ["storageClass"] = "STANDARD",
            ["timeCreated"] = ObjectResource.Time(now),
            ["iamConfiguration"] = new JsonObject
            {
                ["uniformBucketLevelAccess"] = new JsonObject { ["enabled"] = false },
                ["publicAccessPrevention"] = "inherited",
            },
            ["softDeletePolicy"] = new JsonObject { ["retentionDurationSeconds"] = "0" },
        };
        Patch(resource, wanted);
        Touch(resource, 1, now);
        return resource;
    }

    /// <summary>Null takes away, an object is merged, anything else replaces.</summary>
    public static void Patch(JsonObject resource, JsonObject patch)
    {
        Merge(resource, new JsonObject(patch.Where(pair => !OutputOnly.Contains(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))));
        resource["storageClass"] = RequireStorageClass(resource.Text("storageClass") ?? "STANDARD");
    }

    /// <summary>What the update does not mention goes.</summary>
    public static void Update(JsonObject resource, JsonObject update)
    {
        foreach (var name in resource.Select(pair => pair.Key).Where(name => !OutputOnly.Contains(name) && name is not ("iamConfiguration" or "softDeletePolicy")).ToList())
        {
            resource.Remove(name);
        }

        Patch(resource, update);
    }

    public static void Touch(JsonObject resource, long metageneration, DateTimeOffset now)
    {
        resource["metageneration"] = metageneration.ToString(CultureInfo.InvariantCulture);
        resource["updated"] = ObjectResource.Time(now);
        resource["etag"] = ETag.From(0, metageneration);
    }

    public static string RequireStorageClass(string name)
    {
        var known = name.ToUpperInvariant();
        return StorageClasses.Contains(known) ? known : throw GcsError.Invalid($"Invalid storage class {name}", "InvalidStorageClass");
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner && target[name] is JsonObject known)
            {
                Merge(known, inner);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
