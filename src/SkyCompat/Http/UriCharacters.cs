using System.Buffers;

namespace SkyCompat.Http;

/// <summary>The characters that stand for themselves in a URI, and the encoding of all others. A path and a copy source keep the slash, a query does not.</summary>
internal static class UriCharacters
{
    private const string UnreservedText = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    public static readonly SearchValues<char> Unreserved = SearchValues.Create(UnreservedText);

    public static readonly SearchValues<char> UnreservedAndSlash = SearchValues.Create(UnreservedText + "/");

    /// <summary>A text as a path or copy source, or as a name or value in a query.</summary>
    public static string Encode(string text, bool keepSlash)
    {
        if (!text.AsSpan().ContainsAnyExcept(keepSlash ? UnreservedAndSlash : Unreserved))
        {
            return text;
        }

        using var encoded = new TextBuilder(stackalloc char[256]);
        encoded.AppendEncoded(text, keepSlash);
        return encoded.ToString();
    }

    public static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
