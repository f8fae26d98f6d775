using System.Text.Json;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>Published signatures, kept beside the tests.</summary>
internal static class SignatureVectors
{
    public static IReadOnlyList<JsonElement> Read(string file)
    {
        using var stream = typeof(SignatureVectors).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"There is no resource '{file}'.");
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => vector.Clone())];
    }

    public static string? Text(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static IEnumerable<KeyValuePair<string, string>> Pairs(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var pairs) ? pairs.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetString()!)) : [];
}
