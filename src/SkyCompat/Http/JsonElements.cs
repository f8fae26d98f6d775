using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkyCompat.Http;

/// <summary>Reads documents of management interfaces, of which any part may be left out.</summary>
internal static class JsonElements
{
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

    /// <summary>The texts of a map; empty if there is none.</summary>
    public static Dictionary<string, string> Map(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        if (element.At(path) is { ValueKind: JsonValueKind.Object } map)
        {
            foreach (var member in map.EnumerateObject())
            {
                read[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : "";
            }
        }

        return read;
    }

    /// <summary>Texts as a request has them.</summary>
    public static JsonObject ToJson(this IEnumerable<KeyValuePair<string, string>> map)
    {
        var written = new JsonObject();
        foreach (var (name, value) in map)
        {
            written[name] = value;
        }

        return written;
    }

    /// <summary>Texts as a request has them.</summary>
    public static JsonArray ToJson(this IEnumerable<string> texts) => new([.. texts.Select(static text => (JsonNode)text)]);

    /// <summary>Whether a member is there and true.</summary>
    public static bool IsTrue(this JsonElement element, params ReadOnlySpan<string> path) => element.At(path).ValueKind == JsonValueKind.True;
}
