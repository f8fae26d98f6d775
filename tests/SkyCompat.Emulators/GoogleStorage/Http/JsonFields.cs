using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

internal static class JsonFields
{
    /// <summary>The string of that name, null if there is none.</summary>
    /// <exception cref="GcsError">400: it is something else than a string.</exception>
    public static string? Text(this JsonObject source, string name) => source[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw GcsError.Invalid($"Invalid value for: {name}"),
    };
}
