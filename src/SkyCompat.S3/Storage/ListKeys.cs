namespace SkyCompat.S3;

/// <summary>Keys in lists: their encoding and their order.</summary>
internal static class ListKeys
{
    /// <summary>Undoes <c>encoding-type=url</c>. Amazon writes a space as a plus sign and a plus sign as <c>%2B</c>; the others write both in percent form.</summary>
    public static string Decode(string key) =>
        key.AsSpan().ContainsAny('%', '+') ? Uri.UnescapeDataString(key.Replace('+', ' ')) : key;

    /// <summary>Reads the marker of an encoded list. Ceph 16 encodes the keys and not the marker, which names the last of them.</summary>
    public static string DecodeMarker(string marker, string? last) => marker == last ? marker : Decode(marker);

    /// <summary>Refuses a token that leads back to the same page, which would be read for ever.</summary>
    public static string? Advance(string? next, string? current) => next is null || next != current
        ? next
        : throw new CloudException(CloudErrorCode.Unknown, "The store answers a list with the same page again and again: check that Profile names this store, above all its ListVersion and UrlEncodedLists.");

    /// <summary>Compares by UTF-8 bytes, which is by code points. UTF-16 order differs only where surrogates meet the characters above them.</summary>
    public static int Compare(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length - right.Length;
        }

        char a = left[common], b = right[common];
        return char.IsSurrogate(a) != char.IsSurrogate(b) ? (char.IsSurrogate(a) ? 1 : -1) : a - b;
    }
}
