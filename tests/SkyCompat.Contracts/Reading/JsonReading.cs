using System.Globalization;
using System.Text.Json;

namespace SkyCompat.Contracts.Reading;

/// <summary>Reads members that may be absent, or empty lists where a structure is meant, as some descriptions write them.</summary>
internal static class JsonReading
{
    public static JsonElement? Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool Flag(this JsonElement element, string name) => element.Get(name) is { ValueKind: JsonValueKind.True };

    public static decimal? Decimal(this JsonElement element, string name) => element.Get(name) switch
    {
        { ValueKind: JsonValueKind.Number } value => value.TryGetDecimal(out var number) ? number : null,
        { ValueKind: JsonValueKind.String } value => decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    public static IEnumerable<JsonProperty> Members(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Object } value ? value.EnumerateObject() : [];

    public static IEnumerable<JsonElement> Elements(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    public static HashSet<string>? Values(this JsonElement element, string name) => element.Get(name) is not { ValueKind: JsonValueKind.Array } value ? null
        : value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText()).ToHashSet(StringComparer.Ordinal);

    /// <summary>The part of a reference behind its last slash.</summary>
    public static string? Reference(this JsonElement element) => element.Text("$ref") is { } reference ? reference[(reference.LastIndexOf('/') + 1)..] : null;
}
