using System.Globalization;
using System.Text;

namespace SkyCompat.Local;

/// <summary>A place in a list that has many entries of one key: the key and, behind it, a number in hexadecimal.</summary>
internal static class SequencedToken
{
    private const int Digits = 16;

    public static string Format(string key, long number) =>
        new PageToken(AfterPrefix: false, Encoding.UTF8.GetBytes(key + number.ToString("x16", CultureInfo.InvariantCulture))).ToString();

    public static (byte[] Key, long Number) Parse(string continuationToken)
    {
        var token = PageToken.Parse(continuationToken).Key;
        return token.Length > Digits && long.TryParse(token.AsSpan(token.Length - Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? (token[..^Digits], number)
            : throw StorageErrors.InvalidToken();
    }
}
