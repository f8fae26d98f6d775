using System.Globalization;
using System.Text;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Tags in the characters that the service takes: letters and digits of ASCII, spaces, and + - . / : = _ (Microsoft: "Set Blob Tags"). Any other travels as <c>_xHHHH_</c>, its UTF-16 code in
/// hexadecimal, the form in which XML names carry such characters; a text that looks like that has its underscore written so.</summary>
internal static class TagText
{
    public const int MaxKeyLength = 128;
    public const int MaxValueLength = 256;
    private const int EscapeLength = 7;

    /// <summary>A key or value as the service takes it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">How many characters the service takes.</param>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/> with reason <see cref="ObjectStorageErrorReasons.InvalidTags"/>: it is too long in that form.</exception>
    public static string Encode(string text, int limit)
    {
        var isPlain = true;
        for (var i = 0; i < text.Length && isPlain; i++)
        {
            isPlain = IsAllowed(text[i]) && !IsEscape(text.AsSpan(i), out _);
        }

        if (isPlain)
        {
            return text;
        }

        var encoded = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            _ = IsAllowed(text[i]) && !IsEscape(text.AsSpan(i), out _) ? encoded.Append(text[i]) : encoded.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_");
        }

        return encoded.Length <= limit
            ? encoded.ToString()
            : throw new CloudException(
                CloudErrorCode.InvalidArgument,
                $"The tag text '{text}' has characters that Blob Storage takes only in an encoded form, in which it has {encoded.Length} characters; the limit is {limit}.")
            {
                Reason = ObjectStorageErrorReasons.InvalidTags,
            };
    }

    /// <summary>The text that a key or value stands for.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (IsEscape(text.AsSpan(i), out var character))
            {
                decoded.Append(character);
                i += EscapeLength - 1;
            }
            else
            {
                decoded.Append(text[i]);
            }
        }

        return decoded.ToString();
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is ' ' or '+' or '-' or '.' or '/' or ':' or '=' or '_';

    private static bool IsEscape(ReadOnlySpan<char> text, out char character)
    {
        character = default;
        if (text.Length < EscapeLength || text[0] != '_' || text[1] != 'x' || text[EscapeLength - 1] != '_' ||
            !ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return false;
        }

        character = (char)code;
        return true;
    }
}
