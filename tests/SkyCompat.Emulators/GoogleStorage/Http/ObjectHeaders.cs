using System.Globalization;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The headers that tell of an object: its version, size and checksums as it is stored.</summary>
internal static class ObjectHeaders
{
    public static void Set(GcsRequest request, GcsObject target)
    {
        var headers = request.Context.Response.Headers;
        headers["X-Goog-Generation"] = target.Generation.ToString(CultureInfo.InvariantCulture);
        headers["X-Goog-Metageneration"] = target.Metageneration.ToString(CultureInfo.InvariantCulture);
        headers["X-Goog-Storage-Class"] = target.StorageClass;
        headers["X-Goog-Stored-Content-Encoding"] = target.Fields.ContentEncoding ?? "identity";
        headers["X-Goog-Stored-Content-Length"] = target.Content.Length.ToString(CultureInfo.InvariantCulture);
        SetHashes(request, target.Content);

        if (target.ComponentCount is { } count)
        {
            headers["X-Goog-Component-Count"] = count.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The JSON API has both checksums in one line; the XML API has a line for each.</summary>
    public static void SetHashes(GcsRequest request, Content content)
    {
        string[] hashes = ["crc32c=" + Crc32C.ToBase64(content.Crc32C), .. content.Md5 is { } md5 ? ["md5=" + Convert.ToBase64String(md5)] : Array.Empty<string>()];
        request.Context.Response.Headers["X-Goog-Hash"] = request.IsXml ? hashes : string.Join(',', hashes);
    }
}
