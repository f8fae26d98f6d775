using System.Buffers.Text;
using System.Text;

namespace SkyCompat.Local;

/// <summary>A place in a list of keys: after one key, or after all keys that begin with one prefix.</summary>
/// <param name="AfterPrefix">Whether all keys that begin with <paramref name="Key"/> are behind.</param>
/// <param name="Key">The key or prefix, in UTF-8.</param>
internal readonly record struct PageToken(bool AfterPrefix, byte[] Key)
{
    private const byte KeyMark = (byte)'k';
    private const byte PrefixMark = (byte)'p';

    public static PageToken Parse(string token)
    {
        if (!Base64Url.IsValid(token))
        {
            throw StorageErrors.InvalidToken();
        }

        var bytes = Base64Url.DecodeFromChars(token);
        return bytes is [KeyMark or PrefixMark, _, ..] && Encoding.UTF8.GetString(bytes.AsSpan(1)) is { } key && Encoding.UTF8.GetByteCount(key) == bytes.Length - 1
            ? new PageToken(bytes[0] == PrefixMark, bytes[1..])
            : throw StorageErrors.InvalidToken();
    }

    public override string ToString() => Base64Url.EncodeToString([AfterPrefix ? PrefixMark : KeyMark, .. Key]);
}
