using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>The operations on multipart uploads.</summary>
internal static class OssMultipartCalls
{
    private const int MaxParts = 10_000;
    private const int MinPartBytes = 100 * 1024;

    public static async Task InitiateAsync(OssCall call, OssBucket bucket)
    {
        var upload = new OssUpload(Convert.ToHexString(Guid.NewGuid().ToByteArray()), call.Key, OssObjectCalls.ReadProperties(call), call.Now);
        lock (bucket.Lock)
        {
            if (call.ForbidsOverwrite && bucket.Versioning is null && bucket.Exists(call.Key))
            {
                throw OssErrorException.FileAlreadyExists();
            }

            bucket.Uploads.Add(upload.Id, upload);
        }

        await call.ReplyAsync(200, Named(call, new OssXml("InitiateMultipartUploadResult"), bucket).Add("UploadId", upload.Id));
    }

    public static async Task PutPartAsync(OssCall call, OssBucket bucket)
    {
        var number = PartNumber(call);
        Find(call, bucket);
        var body = await call.ReadBodyAsync();
        var part = new OssPart(body, body.Md5(), call.Now);
        var crc = body.Crc64();
        Keep(call, bucket, number, part);
        call.Reply.Headers.ETag = $"\"{part.Tag}\"";
        call.Reply.Headers["Content-MD5"] = Convert.ToBase64String(part.Md5);
        OssObjectCalls.AddChecksum(call, crc);
        call.ReplyEmpty(200);
    }

    public static async Task CopyPartAsync(OssCall call, OssBucket bucket, ConcurrentDictionary<string, OssBucket> buckets)
    {
        var number = PartNumber(call);
        Find(call, bucket);
        var (_, _, source) = OssObjectCalls.OpenSource(call, buckets);
        OssObjectCalls.CheckSourceConditions(call, source);
        var body = source.Body;
        if (call.Header("x-oss-copy-source-range") is { } range)
        {
            if (!range.StartsWith("bytes=", StringComparison.Ordinal) || range["bytes=".Length..].Split('-') is not [var first, var last] ||
                !long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from) || !long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to) ||
                to < from || to >= body.Length)
            {
                throw new OssErrorException(416, "InvalidRange", "The requested range cannot be satisfied");
            }

            body = body.Slice(from, to - from + 1);
        }

        var part = new OssPart(body, body.Md5(), call.Now);
        Keep(call, bucket, number, part);
        call.Reply.Headers.ETag = $"\"{part.Tag}\"";
        await call.ReplyAsync(200, new OssXml("CopyPartResult").Add("LastModified", OssText.XmlDate(part.LastModified)).Add("ETag", $"\"{part.Tag}\""));
    }

    public static async Task ListPartsAsync(OssCall call, OssBucket bucket)
    {
        var limit = call.Number("max-parts", 1000, 1000);
        var marker = int.TryParse(call.Query.GetValueOrDefault("part-number-marker"), NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0;
        var xml = new OssXml("ListPartsResult");
        lock (bucket.Lock)
        {
            var upload = Find(call, bucket);
            var parts = upload.Parts.Where(part => part.Key > marker).Take(limit + 1).ToList();
            var isTruncated = parts.Count > limit;
            parts = [.. parts.Take(limit)];
            Named(call, xml, bucket).Add("UploadId", upload.Id).Add("PartNumberMarker", marker);
            if (parts.Count > 0)
            {
                xml.Add("NextPartNumberMarker", parts[^1].Key);
            }

            xml.Add("MaxParts", limit).Add("IsTruncated", isTruncated);
            foreach (var (number, part) in parts)
            {
                xml.Open("Part").Add("PartNumber", number).Add("LastModified", OssText.XmlDate(part.LastModified)).Add("ETag", $"\"{part.Tag}\"").Add("Size", part.Body.Length).Close("Part");
            }
        }

        await call.ReplyAsync(200, xml);
    }

    public static async Task CompleteAsync(OssCall call, OssBucket bucket)
    {
        var takesAll = string.Equals(call.Header("x-oss-complete-all"), "yes", StringComparison.OrdinalIgnoreCase);
        var wanted = takesAll ? null : await ReadPartsAsync(call);
        OssUpload upload;
        List<OssPart> parts;
        lock (bucket.Lock)
        {
            upload = Find(call, bucket);
            parts = takesAll ? [.. upload.Parts.Values] : Choose(upload, wanted!);
        }

        if (parts.SkipLast(1).Any(part => part.Body.Length < MinPartBytes))
        {
            throw new OssErrorException(400, "EntityTooSmall", "Your proposed upload smaller than the minimum allowed size.") { Details = [("MinSizeAllowed", "102400")] };
        }

        // Outside the lock, for it takes time in proportion to the size.
        var body = OssBody.Join(parts.Select(part => part.Body));
        var version = new OssVersion
        {
            Body = body,
            Tag = $"{Convert.ToHexString(Md5Of(parts))}-{parts.Count}",
            Crc64 = body.Crc64(),
            Type = "Multipart",
            Properties = upload.Properties,
            LastModified = call.Now,
        };
        lock (bucket.Lock)
        {
            Find(call, bucket);
            version = bucket.Write(call.Key, version, call.ForbidsOverwrite);
            bucket.Uploads.Remove(upload.Id);
            OssObjectCalls.AddVersionId(call, bucket, version.Id);
        }

        call.Reply.Headers.ETag = $"\"{version.Tag}\"";
        OssObjectCalls.AddChecksum(call, version.Crc64);
        await call.ReplyAsync(200, Named(call, new OssXml("CompleteMultipartUploadResult").Add("Location", $"http://{call.Http.Request.Host}/{bucket.Name}/{OssText.Encode(call.Key, keepSlash: true)}"), bucket)
            .Add("ETag", $"\"{version.Tag}\""));
    }

    public static Task AbortAsync(OssCall call, OssBucket bucket)
    {
        lock (bucket.Lock)
        {
            bucket.Uploads.Remove(Find(call, bucket).Id);
        }

        call.ReplyEmpty(204);
        return Task.CompletedTask;
    }

    public static async Task ListUploadsAsync(OssCall call, OssBucket bucket)
    {
        var limit = call.Number("max-uploads", 1000, 1000);
        var prefix = call.Query.GetValueOrDefault("prefix") ?? "";
        var keyMarker = call.Query.GetValueOrDefault("key-marker") ?? "";
        var uploadMarker = call.Query.GetValueOrDefault("upload-id-marker") ?? "";
        var encodes = call.Query.GetValueOrDefault("encoding-type") == "url";
        string Text(string text) => encodes ? OssText.Encode(text) : text;
        List<OssUpload> uploads;
        lock (bucket.Lock)
        {
            uploads = [.. bucket.Uploads.Values.Where(upload => upload.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(upload => upload.Key, OssText.Order).ThenBy(upload => upload.Id, StringComparer.Ordinal)
                .Where(upload => keyMarker.Length == 0 || OssText.Order.Compare(upload.Key, keyMarker) is var order && (order > 0 || (order == 0 && uploadMarker.Length > 0 && string.CompareOrdinal(upload.Id, uploadMarker) > 0)))
                .Take(limit + 1)];
        }

        var isTruncated = uploads.Count > limit;
        uploads = [.. uploads.Take(limit)];
        var xml = new OssXml("ListMultipartUploadsResult").Add("Bucket", bucket.Name);
        if (encodes)
        {
            xml.Add("EncodingType", "url");
        }

        xml.Add("KeyMarker", Text(keyMarker)).Add("UploadIdMarker", uploadMarker);
        if (isTruncated)
        {
            xml.Add("NextKeyMarker", Text(uploads[^1].Key)).Add("NextUploadIdMarker", uploads[^1].Id);
        }

        xml.Add("Delimiter", "").Add("Prefix", Text(prefix)).Add("MaxUploads", limit).Add("IsTruncated", isTruncated);
        foreach (var upload in uploads)
        {
            xml.Open("Upload").Add("Key", Text(upload.Key)).Add("UploadId", upload.Id).Add("Initiated", OssText.XmlDate(upload.Initiated)).Close("Upload");
        }

        await call.ReplyAsync(200, xml);
    }

    private static OssXml Named(OssCall call, OssXml xml, OssBucket bucket)
    {
        var encodes = call.Query.GetValueOrDefault("encoding-type") == "url";
        return (encodes ? xml.Add("EncodingType", "url") : xml).Add("Bucket", bucket.Name).Add("Key", encodes ? OssText.Encode(call.Key) : call.Key);
    }

    private static int PartNumber(OssCall call) => call.Has("partNumber") ? call.Number("partNumber", 0, MaxParts) : throw OssErrorException.InvalidArgument("partNumber is required.");

    private static OssUpload Find(OssCall call, OssBucket bucket)
    {
        var id = call.Query["uploadId"];
        lock (bucket.Lock)
        {
            return bucket.Uploads.TryGetValue(id, out var upload) && upload.Key == call.Key ? upload : throw OssErrorException.NoSuchUpload(id);
        }
    }

    private static void Keep(OssCall call, OssBucket bucket, int number, OssPart part)
    {
        lock (bucket.Lock)
        {
            Find(call, bucket).Parts[number] = part;
        }
    }

    private static async Task<List<(int Number, string Tag)>> ReadPartsAsync(OssCall call)
    {
        var parts = new List<(int, string)>();
        foreach (var part in (await call.ReadXmlAsync("CompleteMultipartUpload")).Elements().Where(element => element.Name.LocalName == "Part"))
        {
            var number = part.Elements().FirstOrDefault(element => element.Name.LocalName == "PartNumber")?.Value;
            var tag = part.Elements().FirstOrDefault(element => element.Name.LocalName == "ETag")?.Value;
            parts.Add(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && tag is not null ? (value, tag.Trim().Trim('"')) : throw OssErrorException.MalformedXml());
        }

        return parts.Count > 0 ? parts : throw OssErrorException.MalformedXml();
    }

    private static List<OssPart> Choose(OssUpload upload, List<(int Number, string Tag)> wanted)
    {
        var chosen = new List<OssPart>(wanted.Count);
        var last = 0;
        foreach (var (number, tag) in wanted)
        {
            if (number <= last)
            {
                throw new OssErrorException(400, "InvalidPartOrder", "The list of parts was not in ascending order. Parts list must specified in order by part number.");
            }

            if (!upload.Parts.TryGetValue(number, out var part) || !part.Tag.Equals(tag, StringComparison.OrdinalIgnoreCase))
            {
                throw new OssErrorException(400, "InvalidPart", "One or more of the specified parts could not be found or the specified entity tag might not have matched the part's entity tag.")
                {
                    Details = [("PartNumber", number.ToString(CultureInfo.InvariantCulture))],
                };
            }

            chosen.Add(part);
            last = number;
        }

        return chosen;
    }

    private static byte[] Md5Of(List<OssPart> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var part in parts)
        {
            hash.AppendData(part.Md5);
        }

        return hash.GetHashAndReset();
    }
}
