using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkyCompat.Azure;

/// <summary>Reads documents of Azure Resource Manager, of which any part may be left out.</summary>
internal static class ArmJson
{
    private static readonly IReadOnlyDictionary<string, string> NoTags = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The tags of a resource. Azure takes names of tags for the same whatever their case.</summary>
    public static IReadOnlyDictionary<string, string> Tags(this JsonElement resource)
    {
        if (resource.At("tags") is not { ValueKind: JsonValueKind.Object } tags)
        {
            return NoTags;
        }

        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in tags.EnumerateObject())
        {
            read[tag.Name] = tag.Value.ValueKind == JsonValueKind.String ? tag.Value.GetString()! : "";
        }

        return read;
    }

    /// <summary>Tags as a request has them.</summary>
    public static JsonObject Write(IReadOnlyDictionary<string, string> tags)
    {
        var written = new JsonObject();
        foreach (var (name, value) in tags)
        {
            written[name] = value;
        }

        return written;
    }

    /// <summary>A reference to a resource.</summary>
    public static JsonObject Reference(string id) => new() { ["id"] = id };

    /// <summary>Whether a resource is in a region, however either is spelt.</summary>
    public static bool IsIn(this JsonElement resource, string region) => Regions.AreSame(resource.Text("location"), region);
}
