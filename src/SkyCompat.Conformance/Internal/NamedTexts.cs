namespace SkyCompat.Conformance.Internal;

/// <summary>Texts by name, such as environment variables and files.</summary>
internal static class NamedTexts
{
    public static IReadOnlyDictionary<string, string> Of(string name, string text) => new Dictionary<string, string>(StringComparer.Ordinal) { [name] = text };
}
