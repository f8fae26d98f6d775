using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>The continuation tokens of lists. They are marked, since a store takes any text for one, and answers with some page or other.</summary>
internal static class ListToken
{
    private const string Mark = "g1:";

    public static string Create(string text) => Mark + text;

    /// <summary>A token of two texts, of which the first may hold anything.</summary>
    public static string Create(string first, string? second) => $"{Mark}{UriCharacters.Encode(first, keepSlash: false)}&{UriCharacters.Encode(second ?? "", keepSlash: false)}";

    public static string? Read(string? token) =>
        token is null ? null : token.StartsWith(Mark, StringComparison.Ordinal) && token.Length > Mark.Length ? token[Mark.Length..] : throw Unknown();

    public static (string First, string Second) ReadPair(string token)
    {
        var text = Read(token)!;
        var at = text.IndexOf('&', StringComparison.Ordinal);
        return at < 0 ? throw Unknown() : (Uri.UnescapeDataString(text[..at]), Uri.UnescapeDataString(text[(at + 1)..]));
    }

    private static CloudException Unknown() =>
        new(CloudErrorCode.InvalidArgument, "The continuation token was not made by this list.") { Reason = ObjectStorageErrorReasons.InvalidToken };
}
