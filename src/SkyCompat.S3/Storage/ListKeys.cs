namespace SkyCompat.S3;

/// <summary>Keys in lists: their encoding, and the tokens between pages.</summary>
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
}
