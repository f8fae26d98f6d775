using System.Text;

namespace SkyCompat.Http;

/// <summary>Metadata values in header form. What plain ASCII cannot carry unchanged travels as RFC 2047 encoded words, as Amazon documents for S3; every adapter
/// writes and reads them, so that each understands what another wrote to the same store.</summary>
internal static class MetadataText
{
    private const string Start = "=?UTF-8?B?";
    private const string End = "?=";

    // RFC 2047 allows a word 75 characters: 12 of frame leave 63, and 45 bytes become 60 characters of base64.
    private const int MaxWordBytes = 45;

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="encodesEmpty">Whether an empty value becomes an empty word, for a service that takes a header without a value for one that is not there.</param>
    /// <returns>The header's text.</returns>
    public static string Encode(string value, bool encodesEmpty = false)
    {
        if (value.Length == 0 ? !encodesEmpty : !NeedsEncoding(value))
        {
            return value;
        }

        var text = new StringBuilder();
        Span<byte> word = stackalloc byte[MaxWordBytes];
        var used = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > MaxWordBytes)
            {
                AppendWord(text, word[..used]);
                used = 0;
            }

            used += rune.EncodeToUtf8(word[used..]);
        }

        AppendWord(text, word[..used]);
        return text.ToString();
    }

    /// <summary>Reads a value that consists of encoded words, in either of their two forms; any other is as it is.</summary>
    public static string Decode(string value)
    {
        if (!value.StartsWith("=?", StringComparison.Ordinal))
        {
            return value;
        }

        // A character may be split between words, so bytes are joined before they are read.
        var bytes = new List<byte>(value.Length);
        foreach (var range in value.AsSpan().Split(' '))
        {
            var word = value.AsSpan()[range];
            if (!word.IsEmpty && !TryDecodeWord(word, bytes))
            {
                return value;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static bool NeedsEncoding(string value)
    {
        // HTTP trims spaces at the ends, signatures fold runs of them, and a literal encoded word would be decoded by the reader.
        return value.AsSpan().ContainsAnyExceptInRange(' ', '~') || value.StartsWith(' ') || value.EndsWith(' ') ||
            value.Contains("  ", StringComparison.Ordinal) || value.StartsWith("=?", StringComparison.Ordinal);
    }

    private static void AppendWord(StringBuilder text, ReadOnlySpan<byte> bytes) =>
        text.Append(text.Length == 0 ? "" : " ").Append(Start).Append(Convert.ToBase64String(bytes)).Append(End);

    private static bool TryDecodeWord(ReadOnlySpan<char> word, List<byte> bytes)
    {
        const int HeadLength = 2;
        var charset = word.Length > HeadLength ? word[HeadLength..].IndexOf('?') : -1;
        if (charset < 0 || !word.StartsWith("=?") || !word.EndsWith(End) || !word.Slice(HeadLength, charset).Equals("UTF-8", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = word[(HeadLength + charset + 1)..];
        if (rest.Length < 4 || rest[1] != '?')
        {
            return false;
        }

        var encoded = rest[2..^2];
        return rest[0] switch
        {
            'B' or 'b' => TryDecodeBase64(encoded, bytes),
            'Q' or 'q' => TryDecodeQuoted(encoded, bytes),
            _ => false,
        };
    }

    private static bool TryDecodeBase64(ReadOnlySpan<char> encoded, List<byte> bytes)
    {
        var decoded = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, decoded, out var count))
        {
            return false;
        }

        bytes.AddRange(decoded.AsSpan(0, count));
        return true;
    }

    private static bool TryDecodeQuoted(ReadOnlySpan<char> encoded, List<byte> bytes)
    {
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '=')
            {
                bytes.Add(encoded[i] == '_' ? (byte)' ' : (byte)encoded[i]);
                continue;
            }

            if (i + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[i + 1]) || !char.IsAsciiHexDigit(encoded[i + 2]))
            {
                return false;
            }

            bytes.Add(Convert.FromHexString(encoded.Slice(i + 1, 2))[0]);
            i += 2;
        }

        return true;
    }
}
