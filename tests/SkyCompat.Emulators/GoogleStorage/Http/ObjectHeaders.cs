using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The headers that tell of an object: its version, size and checksums as it is stored.</summary>
internal static class ObjectHeaders
{
    public static void Set(IHeaderDictionary headers, GcsObject target)
    {
        headers["X-Goog-Generation"] = target.Generation.ToString(CultureInfo.InvariantCulture);
        headers["X-Goog-Metageneration"] = target.Metageneration.ToString(CultureInfo.InvariantCulture);
        headers["X-Goog-Storage-Class"] = target.StorageClass;
        headers["X-Goog-Stored-Content-Encoding"] = target.Fields.ContentEncoding ?? "identity";
        headers["X-Goog-Stored-Content-Length"] = target.Content.Length.ToString(CultureInfo.InvariantCulture);
        headers.Append("X-Goog-Hash", "crc32c=" + Crc32C.ToBase64(target.Content.Crc32C));
        if (target.Content.Md5 is { } md5)
        {
            headers.Append("X-Goog-Hash", "md5=" + Convert.ToBase64String(md5));
        }

        if (target.ComponentCount is { } count)
        {
            headers["X-Goog-Component-Count"] = count.ToString(CultureInfo.InvariantCulture);
        }
    }
}
