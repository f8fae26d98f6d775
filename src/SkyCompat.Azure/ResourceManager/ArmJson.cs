using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkyCompat.Azure;

/// <summary>Reads documents of Azure Resource Manager, of which any part may be left out.</summary>
internal static class ArmJson
{
    private static readonly IReadOnlyDictionary<string, string> NoTags = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>A member, or a member of a member; undefined if any of them is not there.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return default;
            }
        }

        return element;
    }

    /// <summary>The text of a member; null if there is none.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The whole number of a member; null if there is none.</summary>
    public static long? Number(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) ? (long)value : null;

    /// <summary>The time of a member; null if there is none.</summary>
    public static DateTimeOffset? Time(this JsonElement element, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(element.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The items of a list; none if there is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The texts of a list.</summary>
    public static IEnumerable<string> Texts(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Items(path).Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!);

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
