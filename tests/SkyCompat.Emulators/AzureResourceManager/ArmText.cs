using System.Globalization;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>Texts as Azure writes them, and what stands in documents.</summary>
internal static class ArmText
{
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    /// <summary>A member of a member; null if any of them is not there.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool Is(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public static int? Number(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    public static IEnumerable<JsonObject> Items(this JsonNode? node, params ReadOnlySpan<string> path) => (node.At(path) as JsonArray)?.OfType<JsonObject>() ?? [];

    public static string LastOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
