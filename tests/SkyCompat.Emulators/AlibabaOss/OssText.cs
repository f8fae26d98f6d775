using System.Globalization;
using System.Text;

namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>Percent encoding, dates, tags and the order of keys, as OSS has them.</summary>
internal static class OssText
{
    private const string Hex = "0123456789ABCDEF";

    /// <summary>Compares by UTF-8 bytes.</summary>
    public static Comparer<string> Order { get; } = Comparer<string>.Create(static (left, right) =>
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            if (left[i] != right[i])
            {
                // Surrogates stand for code points above all others.
                var a = char.IsSurrogate(left[i]) ? left[i] + 0x10000 : left[i];
                var b = char.IsSurrogate(right[i]) ? right[i] + 0x10000 : right[i];
                return a - b;
            }
        }

        return left.Length - right.Length;
    });

    /// <summary>The bytes that a percent-encoded text stands for. A plus sign is a plus sign.</summary>
    public static byte[] DecodeBytes(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes[length++] = byte.Parse(text.Slice(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                i += 2;
            }
            else
            {
                length += Encoding.UTF8.GetBytes(text.Slice(i, 1), bytes.AsSpan(length));
            }
        }

        return bytes[..length];
    }

    public static string Decode(ReadOnlySpan<char> text) => Encoding.UTF8.GetString(DecodeBytes(text));

    public static string Encode(string text, bool keepSlash = false) => Encode(Encoding.UTF8.GetBytes(text), keepSlash);

    /// <summary>Encodes all but the unreserved characters of RFC 3986.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes, bool keepSlash)
    {
        var text = new StringBuilder(bytes.Length + 16);
        foreach (var value in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~' || (keepSlash && value == '/'))
            {
                text.Append((char)value);
            }
            else
            {
                text.Append('%').Append(Hex[value >> 4]).Append(Hex[value & 15]);
            }
        }

        return text.ToString();
    }

    public static string Date(DateTimeOffset instant) => instant.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);

    public static string XmlDate(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? ParseDate(string? text) => DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    /// <summary>Whether a tag in a condition is an object's; both may be quoted or not.</summary>
    public static bool IsTag(string condition, string tag) => condition.Split(',').Any(one => one.Trim() is "*" || one.Trim().Trim('"').Equals(tag.Trim('"'), StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads tags in the form <c>a=1&amp;b=2</c>.</summary>
    public static Dictionary<string, string> ParseTags(string text)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            var name = at < 0 ? pair : pair[..at];
            if (!tags.TryAdd(Decode(name.Replace('+', ' ')), at < 0 ? "" : Decode(pair[(at + 1)..].Replace('+', ' '))))
            {
                throw new OssErrorException(400, "InvalidTag", "Cannot provide multiple Tags with the same key.");
            }
        }

        return CheckTags(tags);
    }

    public static Dictionary<string, string> CheckTags(Dictionary<string, string> tags)
    {
        if (tags.Count > 10)
        {
            throw new OssErrorException(400, "InvalidTag", "Object tags cannot be greater than 10.");
        }

        foreach (var (name, value) in tags)
        {
            if (name.Length is 0 or > 128 || value.Length > 256 || !(name + value).All(IsTagCharacter))
            {
                throw new OssErrorException(400, "InvalidTag", "The tag you have provided is invalid.");
            }
        }

        return tags;
    }

    private static bool IsTagCharacter(char character) => char.IsLetterOrDigit(character) || character > 0x7F || " +-=._:/@".Contains(character, StringComparison.Ordinal);
}
