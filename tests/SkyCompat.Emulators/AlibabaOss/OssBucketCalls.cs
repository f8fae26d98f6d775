using System.Collections.Concurrent;

namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>The operations on buckets.</summary>
internal sealed class OssBucketCalls(string region)
{
    public async Task ListBucketsAsync(OssCall call, IEnumerable<OssBucket> buckets)
    {
        if (call.Method != "GET")
        {
            throw new OssErrorException(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
        }

        var prefix = call.Query.GetValueOrDefault("prefix") ?? "";
        var marker = call.Query.GetValueOrDefault("marker") ?? "";
        var limit = call.Number("max-keys", 100, 1000);
        var own = buckets.Where(bucket => bucket.Owner == call.Account.Owner && bucket.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(bucket.Name, marker) > 0)
            .OrderBy(bucket => bucket.Name, StringComparer.Ordinal).Take(limit + 1).ToList();
        var isTruncated = own.Count > limit;
        var xml = new OssXml("ListAllMyBucketsResult");
        if (prefix.Length > 0 || marker.Length > 0 || isTruncated)
        {
            xml.Add("Prefix", prefix).Add("Marker", marker).Add("MaxKeys", limit).Add("IsTruncated", isTruncated);
            if (isTruncated)
            {
                xml.Add("NextMarker", own[limit - 1].Name);
            }
        }

        AddOwner(xml, call.Account.Owner).Open("Buckets");
        foreach (var bucket in own.Take(limit))
        {
            AddBucket(xml.Open("Bucket"), bucket).Close("Bucket");
        }

        await call.ReplyAsync(200, xml.Close("Buckets"));
    }

    public static void Create(OssCall call, ConcurrentDictionary<string, OssBucket> buckets)
    {
        var name = call.Bucket;
        if (name.Length is < 3 or > 63 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || name[0] == '-' || name[^1] == '-')
        {
            throw new OssErrorException(400, "InvalidBucketName", "The specified bucket is not valid.") { Details = [("BucketName", name)] };
        }

        // Also to the owner: whoever makes a bucket again is told that it is there.
        if (!buckets.TryAdd(name, new OssBucket(name, call.Account.Owner, call.Now)))
        {
            throw new OssErrorException(409, "BucketAlreadyExists", "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.")
            {
                Details = [("BucketName", name)],
            };
        }

        call.Reply.Headers.Location = "/" + name;
        call.ReplyEmpty(200);
    }

    public static void Delete(OssCall call, OssBucket bucket, ConcurrentDictionary<string, OssBucket> buckets)
    {
        lock (bucket.Lock)
        {
            if (!bucket.IsEmpty)
            {
                throw new OssErrorException(409, "BucketNotEmpty", "The bucket has objects. Please delete them first.") { Details = [("BucketName", bucket.Name)] };
            }

            buckets.TryRemove(bucket.Name, out _);
        }

        call.ReplyEmpty(204);
    }

    public Task GetInfoAsync(OssCall call, OssBucket bucket)
    {
        var xml = AddBucket(new OssXml("BucketInfo").Open("Bucket"), bucket);
        AddOwner(xml, bucket.Owner).Open("AccessControlList").Add("Grant", "private").Close("AccessControlList").Add("DataRedundancyType", "LRS");
        if (bucket.Versioning is { } versioning)
        {
            xml.Add("Versioning", versioning);
        }

        return call.ReplyAsync(200, xml.Close("Bucket"));
    }

    public Task GetLocationAsync(OssCall call)
    {
        var text = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint>oss-{region}</LocationConstraint>";
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        call.Reply.ContentType = "application/xml";
        call.Reply.ContentLength = bytes.Length;
        return call.Reply.Body.WriteAsync(bytes).AsTask();
    }

    public static Task GetVersioningAsync(OssCall call, OssBucket bucket)
    {
        var xml = new OssXml("VersioningConfiguration");
        if (bucket.Versioning is { } versioning)
        {
            xml.Add("Status", versioning);
        }

        return call.ReplyAsync(200, xml);
    }

    public static async Task SetVersioningAsync(OssCall call, OssBucket bucket)
    {
        var status = (await call.ReadXmlAsync("VersioningConfiguration")).Elements().FirstOrDefault(element => element.Name.LocalName == "Status")?.Value;
        if (status is not ("Enabled" or "Suspended"))
        {
            throw OssErrorException.MalformedXml();
        }

        lock (bucket.Lock)
        {
            bucket.Versioning = status;
        }

        call.ReplyEmpty(200);
    }

    private OssXml AddBucket(OssXml xml, OssBucket bucket) => xml
        .Add("CreationDate", OssText.XmlDate(bucket.Created)).Add("ExtranetEndpoint", $"oss-{region}.aliyuncs.com").Add("IntranetEndpoint", $"oss-{region}-internal.aliyuncs.com")
        .Add("Location", $"oss-{region}").Add("Name", bucket.Name).Add("StorageClass", "Standard");

    private static OssXml AddOwner(OssXml xml, string owner) => xml.Open("Owner").Add("DisplayName", owner).Add("ID", owner).Close("Owner");
}
