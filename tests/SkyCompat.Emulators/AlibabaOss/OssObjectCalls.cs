using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>The operations on objects.</summary>
internal static class OssObjectCalls
{
    private const string MetadataPrefix = "x-oss-meta-";
    private const long MaxCopyBytes = 1_000_000_000;
    private const int MaxMetadataBytes = 8192;
    private static readonly string[] ContentHeaders = ["Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires"];
    private static readonly FrozenSet<string> StorageClasses = FrozenSet.Create(StringComparer.Ordinal, "Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive");

    public static OssBucket Open(OssCall call, string name, ConcurrentDictionary<string, OssBucket> buckets) =>
        !buckets.TryGetValue(name, out var bucket) ? throw OssErrorException.NoSuchBucket(name)
        : bucket.Owner != call.Account.Owner ? throw new OssErrorException(403, "AccessDenied", "The bucket you access does not belong to you.") { Details = [("BucketName", name)] }
        : bucket;

    public static async Task PutAsync(OssCall call, OssBucket bucket)
    {
        var properties = ReadProperties(call);
        var body = await call.ReadBodyAsync();
        var md5 = body.Md5();
        var version = new OssVersion { Body = body, Tag = Convert.ToHexString(md5), Crc64 = body.Crc64(), Properties = properties, LastModified = call.Now };
        lock (bucket.Lock)
        {
            version = bucket.Write(call.Key, version, call.ForbidsOverwrite);
            AddVersionId(call, bucket, version.Id);
        }

        AddTag(call, version);
        AddChecksum(call, version.Crc64);
        call.Reply.Headers["Content-MD5"] = Convert.ToBase64String(md5);
        call.ReplyEmpty(200);
    }

    public static async Task GetAsync(OssCall call, OssBucket bucket)
    {
        OssVersion version;
        lock (bucket.Lock)
        {
            version = bucket.Find(call.Key, call.VersionId);
            AddVersionId(call, bucket, version.Id);
        }

        CheckReadConditions(call, version);
        if (call.Method == "GET" && version.IsArchived)
        {
            throw new OssErrorException(403, "InvalidObjectState", "The operation is not valid for the object's state") { Details = [("ObjectName", call.Key)] };
        }

        var (offset, length) = ReadRange(call, version.Body.Length);
        AddTag(call, version);
        AddChecksum(call, version.Crc64);
        AddProperties(call, version);
        call.Reply.StatusCode = offset is null ? 200 : 206;
        call.Reply.ContentLength = length;
        call.Reply.Headers.AcceptRanges = "bytes";
        if (offset is { } first)
        {
            call.Reply.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{first + length - 1}/{version.Body.Length}");
        }

        if (call.Method == "GET")
        {
            await SendAsync(call, offset is null ? version.Body : version.Body.Slice(offset.Value, length));
        }
    }

    public static async Task CopyAsync(OssCall call, OssBucket bucket, ConcurrentDictionary<string, OssBucket> buckets)
    {
        var (from, key, source) = OpenSource(call, buckets);
        CheckSourceConditions(call, source);
        if (source.Body.Length > MaxCopyBytes)
        {
            throw new OssErrorException(400, "EntityTooLarge", "The source object is larger than a copy takes.");
        }

        var sent = ReadProperties(call);
        var ontoItself = ReferenceEquals(from, bucket) && key == call.Key;

        // Onto itself a copy replaces the metadata whatever the directive says.
        var replaces = ontoItself || IsDirective(call, "x-oss-metadata-directive", "REPLACE");
        var replacesTags = IsDirective(call, "x-oss-tagging-directive", "REPLACE");
        var old = source.Properties!;
        var version = source with
        {
            Properties = new OssProperties
            {
                Headers = replaces ? sent.Headers : old.Headers,
                Metadata = replaces ? sent.Metadata : old.Metadata,
                Tags = replacesTags ? sent.Tags : old.Tags,
                StorageClass = sent.StorageClass,
            },
            LastModified = call.Now,
            IsRestored = false,
        };
        lock (bucket.Lock)
        {
            version = bucket.Write(call.Key, version, call.ForbidsOverwrite);
            AddVersionId(call, bucket, version.Id);
        }

        if (from.Versioning is not null)
        {
            call.Reply.Headers["x-oss-copy-source-version-id"] = source.Id;
        }

        AddChecksum(call, version.Crc64);
        await call.ReplyAsync(200, new OssXml("CopyObjectResult").Add("ETag", $"\"{version.Tag}\"").Add("LastModified", OssText.XmlDate(version.LastModified)));
    }

    public static Task DeleteAsync(OssCall call, OssBucket bucket)
    {
        lock (bucket.Lock)
        {
            if (bucket.Delete(call.Key, call.VersionId, call.Now) is { } deleted)
            {
                call.Reply.Headers["x-oss-version-id"] = deleted.Id;
                if (deleted.IsDeleteMarker)
                {
                    call.Reply.Headers["x-oss-delete-marker"] = "true";
                }
            }
        }

        call.ReplyEmpty(204);
        return Task.CompletedTask;
    }

    public static async Task DeleteManyAsync(OssCall call, OssBucket bucket)
    {
        const int Most = 1000;
        if (call.Header("Content-MD5") is null)
        {
            throw new OssErrorException(400, "MissingArgument", "Missing Some Required Arguments.") { Details = [("ArgumentName", "Content-MD5")] };
        }

        var request = await call.ReadXmlAsync("Delete");
        var isQuiet = request.Elements().FirstOrDefault(element => element.Name.LocalName == "Quiet")?.Value == "true";
        var objects = request.Elements().Where(element => element.Name.LocalName == "Object").ToList();
        if (objects.Count is 0 or > Most)
        {
            throw OssErrorException.MalformedXml();
        }

        var encodes = call.Query.GetValueOrDefault("encoding-type") == "url";
        var xml = new OssXml("DeleteResult");
        if (encodes)
        {
            xml.Add("EncodingType", "url");
        }

        lock (bucket.Lock)
        {
            foreach (var item in objects)
            {
                var key = item.Elements().FirstOrDefault(element => element.Name.LocalName == "Key")?.Value ?? throw OssErrorException.MalformedXml();
                var deleted = bucket.Delete(key, item.Elements().FirstOrDefault(element => element.Name.LocalName == "VersionId")?.Value, call.Now);
                if (!isQuiet)
                {
                    xml.Open("Deleted").Add("Key", encodes ? OssText.Encode(key) : key);
                    if (deleted is { IsDeleteMarker: true })
                    {
                        xml.Add("DeleteMarker", true).Add("DeleteMarkerVersionId", deleted.Id);
                    }

                    xml.Close("Deleted");
                }
            }
        }

        if (isQuiet)
        {
            call.ReplyEmpty(200);
        }
        else
        {
            await call.ReplyAsync(200, xml);
        }
    }

    public static Task GetTagsAsync(OssCall call, OssBucket bucket)
    {
        var xml = new OssXml("Tagging").Open("TagSet");
        lock (bucket.Lock)
        {
            var version = bucket.Find(call.Key, call.VersionId);
            AddVersionId(call, bucket, version.Id);
            foreach (var (name, value) in version.Properties!.Tags)
            {
                xml.Open("Tag").Add("Key", name).Add("Value", value).Close("Tag");
            }
        }

        return call.ReplyAsync(200, xml.Close("TagSet"));
    }

    public static async Task PutTagsAsync(OssCall call, OssBucket bucket)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in (await call.ReadXmlAsync("Tagging")).Descendants().Where(element => element.Name.LocalName == "Tag"))
        {
            var name = tag.Elements().FirstOrDefault(element => element.Name.LocalName == "Key")?.Value ?? throw OssErrorException.MalformedXml();
            tags[name] = tag.Elements().FirstOrDefault(element => element.Name.LocalName == "Value")?.Value ?? "";
        }

        SetTags(call, bucket, OssText.CheckTags(tags));
        call.ReplyEmpty(200);
    }

    public static Task DeleteTagsAsync(OssCall call, OssBucket bucket)
    {
        SetTags(call, bucket, []);
        call.ReplyEmpty(204);
        return Task.CompletedTask;
    }

    /// <summary>Restores an archived object, here at once.</summary>
    public static Task RestoreAsync(OssCall call, OssBucket bucket)
    {
        lock (bucket.Lock)
        {
            var version = bucket.Find(call.Key, call.VersionId);
            if (version.Properties!.StorageClass is "Standard" or "IA")
            {
                throw new OssErrorException(400, "OperationNotSupported", "The operation is not supported for this resource");
            }

            bucket.Replace(call.Key, version, version with { IsRestored = true });
        }

        call.ReplyEmpty(202);
        return Task.CompletedTask;
    }

    /// <summary>The source of a copy, as its header names it.</summary>
    public static (OssBucket Bucket, string Key, OssVersion Version) OpenSource(OssCall call, ConcurrentDictionary<string, OssBucket> buckets)
    {
        var text = call.Header("x-oss-copy-source")!;
        string? versionId = null;
        var question = text.IndexOf("?versionId=", StringComparison.Ordinal);
        if (question >= 0)
        {
            (text, versionId) = (text[..question], OssText.Decode(text.AsSpan(question + "?versionId=".Length)));
        }

        var path = OssText.Decode(text);
        var slash = path.Length > 0 && path[0] == '/' ? path.IndexOf('/', 1) : -1;
        if (slash < 0)
        {
            throw OssErrorException.InvalidArgument("Copy Source must mention the source bucket and key: /sourcebucket/sourcekey.");
        }

        var bucket = Open(call, path[1..slash], buckets);
        var key = path[(slash + 1)..];
        lock (bucket.Lock)
        {
            var version = bucket.Find(key, versionId);
            return version.IsArchived ? throw new OssErrorException(403, "InvalidObjectState", "The operation is not valid for the object's state") : (bucket, key, version);
        }
    }

    public static void CheckSourceConditions(OssCall call, OssVersion source)
    {
        if (call.Header("x-oss-copy-source-if-match") is { } match && !OssText.IsTag(match, source.Tag))
        {
            throw OssErrorException.PreconditionFailed("x-oss-copy-source-if-match");
        }

        if (call.Header("x-oss-copy-source-if-none-match") is { } none && OssText.IsTag(none, source.Tag))
        {
            throw new OssErrorException(304, "NotModified", "The source was not modified.");
        }

        if (OssText.ParseDate(call.Header("x-oss-copy-source-if-unmodified-since")) is { } until && source.LastModified.ToUnixTimeSeconds() > until.ToUnixTimeSeconds())
        {
            throw OssErrorException.PreconditionFailed("x-oss-copy-source-if-unmodified-since");
        }

        if (OssText.ParseDate(call.Header("x-oss-copy-source-if-modified-since")) is { } since && source.LastModified.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds())
        {
            throw new OssErrorException(304, "NotModified", "The source was not modified.");
        }
    }

    /// <summary>Reads what is to be stored with an object, and refuses what OSS refuses.</summary>
    public static OssProperties ReadProperties(OssCall call)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in ContentHeaders)
        {
            if (call.Header(name) is { Length: > 0 } value)
            {
                headers[name] = value;
            }
        }

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var size = 0;
        foreach (var header in call.Http.Request.Headers.Where(header => header.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase)))
        {
            var name = header.Key[MetadataPrefix.Length..].ToLowerInvariant();
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                throw OssErrorException.InvalidArgument($"The name of the user metadata {header.Key} is not valid.");
            }

            metadata[name] = header.Value.ToString();
            size += name.Length + System.Text.Encoding.UTF8.GetByteCount(metadata[name]);
        }

        if (size > MaxMetadataBytes)
        {
            throw OssErrorException.InvalidArgument("The user metadata is larger than 8 KB.");
        }

        var storageClass = call.Header("x-oss-storage-class") ?? "Standard";
        return StorageClasses.Contains(storageClass)
            ? new OssProperties { Headers = headers, Metadata = metadata, Tags = OssText.ParseTags(call.Header("x-oss-tagging") ?? ""), StorageClass = storageClass }
            : throw OssErrorException.InvalidArgument("The storage class is not valid.");
    }

    public static void AddVersionId(OssCall call, OssBucket bucket, string versionId)
    {
        if (bucket.Versioning is not null)
        {
            call.Reply.Headers["x-oss-version-id"] = versionId;
        }
    }

    public static void AddChecksum(OssCall call, ulong crc) => call.Reply.Headers["x-oss-hash-crc64ecma"] = crc.ToString(CultureInfo.InvariantCulture);

    private static bool IsDirective(OssCall call, string header, string value) => string.Equals(call.Header(header), value, StringComparison.OrdinalIgnoreCase);

    private static void SetTags(OssCall call, OssBucket bucket, Dictionary<string, string> tags)
    {
        lock (bucket.Lock)
        {
            var version = bucket.Find(call.Key, call.VersionId);
            bucket.Replace(call.Key, version, version with { Properties = version.Properties! with { Tags = tags } });
            AddVersionId(call, bucket, version.Id);
        }
    }

    private static void CheckReadConditions(OssCall call, OssVersion version)
    {
        var modified = version.LastModified.ToUnixTimeSeconds();
        if (call.Header("If-Match") is { } match)
        {
            if (!OssText.IsTag(match, version.Tag))
            {
                throw OssErrorException.PreconditionFailed("If-Match");
            }
        }
        else if (OssText.ParseDate(call.Header("If-Unmodified-Since")) is { } until && modified > until.ToUnixTimeSeconds())
        {
            throw OssErrorException.PreconditionFailed("If-Unmodified-Since");
        }

        var isUnmodified = call.Header("If-None-Match") is { } none
            ? OssText.IsTag(none, version.Tag)
            : OssText.ParseDate(call.Header("If-Modified-Since")) is { } since && modified <= since.ToUnixTimeSeconds();
        if (isUnmodified)
        {
            AddTag(call, version);
            throw new OssErrorException(304, "NotModified", "Not modified.");
        }
    }

    /// <summary>The range asked for: by default one that is not wholly inside is as none; by the standard it is cut to the object, or refused.</summary>
    private static (long? Offset, long Length) ReadRange(OssCall call, long size)
    {
        var text = call.Header("Range");
        if (text is null || !text.StartsWith("bytes=", StringComparison.Ordinal) || text["bytes=".Length..].Split('-') is not [var first, var last])
        {
            return (null, size);
        }

        var isStandard = call.Header("x-oss-range-behavior") == "standard";
        var hasFirst = long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from);
        var hasLast = long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to);
        if ((!hasFirst && !hasLast) || (hasFirst && hasLast && to < from))
        {
            return (null, size);
        }

        if (!hasFirst)
        {
            if (size > 0 && to > 0 && (to <= size || isStandard))
            {
                var count = Math.Min(to, size);
                return (size - count, count);
            }
        }
        else if (from < size && (!hasLast || to < size || isStandard))
        {
            return (from, Math.Min(hasLast ? to + 1 : size, size) - from);
        }

        return isStandard
            ? throw new OssErrorException(416, "InvalidRange", "The requested range cannot be satisfied")
            {
                Details = [("ActualObjectSize", size.ToString(CultureInfo.InvariantCulture)), ("RangeRequested", text)],
                Headers = [("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{size}"))],
            }
            : (null, size);
    }

    private static void AddTag(OssCall call, OssVersion version)
    {
        call.Reply.Headers.ETag = $"\"{version.Tag}\"";
        call.Reply.Headers.LastModified = OssText.Date(version.LastModified);
    }

    private static void AddProperties(OssCall call, OssVersion version)
    {
        var properties = version.Properties!;
        call.Reply.Headers["x-oss-object-type"] = version.Type;
        call.Reply.Headers["x-oss-storage-class"] = properties.StorageClass;
        call.Reply.Headers.ContentType = "application/octet-stream";
        foreach (var (name, value) in properties.Headers)
        {
            call.Reply.Headers[name] = value;
        }

        foreach (var (name, value) in properties.Metadata)
        {
            call.Reply.Headers[MetadataPrefix + name] = value;
        }

        if (properties.Tags.Count > 0)
        {
            call.Reply.Headers["x-oss-tagging-count"] = properties.Tags.Count.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var name in ContentHeaders)
        {
            if (call.Query.GetValueOrDefault("response-" + name.ToLowerInvariant()) is { Length: > 0 } value)
            {
                call.Reply.Headers[name] = value;
            }
        }
    }

    private static async Task SendAsync(OssCall call, OssBody body)
    {
        const int Chunk = 256 * 1024;
        var isCut = call.Fault?.Kind == OssFaultKind.CutReply;
        var left = isCut ? body.Length / 2 : body.Length;
        var changeAt = call.Fault?.Kind == OssFaultKind.ChangeReply ? body.Length / 2 : -1;
        foreach (var segment in body.Segments)
        {
            for (var rest = segment; !rest.IsEmpty && left > 0;)
            {
                var chunk = rest[..(int)Math.Min(Math.Min(Chunk, rest.Length), left)];
                rest = rest[chunk.Length..];
                left -= chunk.Length;
                if (changeAt >= 0 && changeAt < chunk.Length)
                {
                    var copy = chunk.ToArray();
                    copy[changeAt] ^= 1;
                    chunk = copy;
                }

                changeAt -= chunk.Length;
                await call.Reply.Body.WriteAsync(chunk, call.Http.RequestAborted);
            }
        }

        if (isCut)
        {
            await call.Reply.Body.FlushAsync(call.Http.RequestAborted);
            call.Http.Abort();
        }
    }
}
