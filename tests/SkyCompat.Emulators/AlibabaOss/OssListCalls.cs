using System.Text;

namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>The lists of objects, in both generations, and of versions.</summary>
internal static class OssListCalls
{
    // A character above all others; a key behind a prefix and its delimiter comes before it.
    private const string Highest = "\U0010FFFF\U0010FFFF";

    public static Task ListObjectsAsync(OssCall call, OssBucket bucket)
    {
        var isSecond = call.Query.GetValueOrDefault("list-type") == "2";
        var limit = call.Number("max-keys", 100, 1000);
        var prefix = call.Query.GetValueOrDefault("prefix") ?? "";
        var delimiter = call.Query.GetValueOrDefault("delimiter") ?? "";
        var token = isSecond ? call.Query.GetValueOrDefault("continuation-token") : null;
        var after = isSecond ? call.Query.GetValueOrDefault("start-after") ?? "" : call.Query.GetValueOrDefault("marker") ?? "";
        var position = token is null ? after : ReadToken(token);
        var entries = new List<(string Key, OssVersion? Version)>();
        var isTruncated = false;
        lock (bucket.Lock)
        {
            foreach (var entry in Walk(bucket, prefix, delimiter, position, key => bucket.Latest(key)))
            {
                if (entries.Count == limit)
                {
                    isTruncated = true;
                    break;
                }

                entries.Add(entry);
            }
        }

        var encodes = call.Query.GetValueOrDefault("encoding-type") == "url";
        string Text(string text) => encodes ? OssText.Encode(text) : text;
        var xml = new OssXml("ListBucketResult").Add("Name", bucket.Name).Add("Prefix", Text(prefix));
        if (isSecond)
        {
            xml.Add("StartAfter", Text(after));
            if (token is not null)
            {
                xml.Add("ContinuationToken", token);
            }
        }
        else
        {
            xml.Add("Marker", Text(after));
        }

        xml.Add("MaxKeys", limit).Add("Delimiter", Text(delimiter));
        if (encodes)
        {
            xml.Add("EncodingType", "url");
        }

        xml.Add("IsTruncated", isTruncated);
        if (isTruncated)
        {
            xml.Add(isSecond ? "NextContinuationToken" : "NextMarker", isSecond ? MakeToken(entries[^1].Key) : Text(entries[^1].Key));
        }

        foreach (var (key, version) in entries)
        {
            if (version is not null)
            {
                xml.Open("Contents").Add("Key", Text(key)).Add("LastModified", OssText.XmlDate(version.LastModified)).Add("ETag", $"\"{version.Tag}\"").Add("Type", version.Type)
                    .Add("Size", version.Body.Length).Add("StorageClass", version.Properties!.StorageClass);
                if (!isSecond || call.Query.GetValueOrDefault("fetch-owner") == "true")
                {
                    AddOwner(xml, bucket);
                }

                xml.Close("Contents");
            }
        }

        foreach (var (key, version) in entries)
        {
            if (version is null)
            {
                xml.Open("CommonPrefixes").Add("Prefix", Text(key)).Close("CommonPrefixes");
            }
        }

        if (isSecond)
        {
            xml.Add("KeyCount", entries.Count);
        }

        return call.ReplyAsync(200, xml);
    }

    public static Task ListVersionsAsync(OssCall call, OssBucket bucket)
    {
        var limit = call.Number("max-keys", 100, 1000);
        var prefix = call.Query.GetValueOrDefault("prefix") ?? "";
        var keyMarker = call.Query.GetValueOrDefault("key-marker") ?? "";
        var versionMarker = call.Query.GetValueOrDefault("version-id-marker") ?? "";
        if (versionMarker.Length > 0 && keyMarker.Length == 0)
        {
            throw OssErrorException.InvalidArgument("A version-id marker cannot be specified without a key marker.");
        }

        var entries = new List<(string Key, OssVersion Version, bool IsLatest)>();
        lock (bucket.Lock)
        {
            foreach (var key in bucket.KeysFrom(OssText.Order.Compare(prefix, keyMarker) > 0 ? prefix : keyMarker))
            {
                if (!key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    if (OssText.Order.Compare(key, prefix) > 0)
                    {
                        break;
                    }

                    continue;
                }

                var versions = bucket.VersionsOf(key).Reverse().Select((version, index) => (key, version, index == 0));
                if (key == keyMarker && keyMarker.Length > 0)
                {
                    versions = versionMarker.Length == 0 ? [] : versions.SkipWhile(entry => entry.version.Id != versionMarker).Skip(1);
                }

                entries.AddRange(versions);
                if (entries.Count > limit)
                {
                    break;
                }
            }
        }

        var isTruncated = entries.Count > limit;
        entries = [.. entries.Take(limit)];
        var encodes = call.Query.GetValueOrDefault("encoding-type") == "url";
        string Text(string text) => encodes ? OssText.Encode(text) : text;
        var xml = new OssXml("ListVersionsResult").Add("Name", bucket.Name).Add("Prefix", Text(prefix)).Add("KeyMarker", Text(keyMarker)).Add("VersionIdMarker", versionMarker)
            .Add("MaxKeys", limit).Add("Delimiter", "");
        if (encodes)
        {
            xml.Add("EncodingType", "url");
        }

        xml.Add("IsTruncated", isTruncated);
        if (isTruncated)
        {
            xml.Add("NextKeyMarker", Text(entries[^1].Key)).Add("NextVersionIdMarker", entries[^1].Version.Id);
        }

        foreach (var (key, version, isLatest) in entries)
        {
            var element = version.IsDeleteMarker ? "DeleteMarker" : "Version";
            xml.Open(element).Add("Key", Text(key)).Add("VersionId", version.Id).Add("IsLatest", isLatest).Add("LastModified", OssText.XmlDate(version.LastModified));
            if (!version.IsDeleteMarker)
            {
                xml.Add("ETag", $"\"{version.Tag}\"").Add("Type", version.Type).Add("Size", version.Body.Length).Add("StorageClass", version.Properties!.StorageClass);
            }

            AddOwner(xml, bucket);
            xml.Close(element);
        }

        return call.ReplyAsync(200, xml);
    }

    /// <summary>Keys and common prefixes after a position, in order; a version for a key, none for a prefix. The position may itself be a prefix.</summary>
    private static IEnumerable<(string Key, OssVersion? Version)> Walk(OssBucket bucket, string prefix, string delimiter, string position, Func<string, OssVersion?> find)
    {
        var from = OssText.Order.Compare(prefix, position) > 0 ? prefix : position;
        if (delimiter.Length > 0 && position.Length > prefix.Length && position.StartsWith(prefix, StringComparison.Ordinal) && position.EndsWith(delimiter, StringComparison.Ordinal) &&
            position.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) == position.Length - delimiter.Length)
        {
            from = position + Highest;
        }

        while (true)
        {
            string? skipTo = null;
            foreach (var key in bucket.KeysFrom(from))
            {
                if (!key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    if (OssText.Order.Compare(key, prefix) > 0)
                    {
                        yield break;
                    }

                    continue;
                }

                if (position.Length > 0 && OssText.Order.Compare(key, position) <= 0)
                {
                    continue;
                }

                if (find(key) is not { } version)
                {
                    continue;
                }

                var end = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
                if (end < 0)
                {
                    yield return (key, version);
                    continue;
                }

                var common = key[..(end + delimiter.Length)];
                yield return (common, null);
                skipTo = common + Highest;
                break;
            }

            if (skipTo is null)
            {
                yield break;
            }

            from = skipTo;
        }
    }

    private static string MakeToken(string key) => "Cg" + Convert.ToBase64String(Encoding.UTF8.GetBytes(key)).Replace('+', '.').Replace('/', '_').Replace('=', '-');

    private static string ReadToken(string token)
    {
        try
        {
            return token.StartsWith("Cg", StringComparison.Ordinal)
                ? Encoding.UTF8.GetString(Convert.FromBase64String(token[2..].Replace('.', '+').Replace('_', '/').Replace('-', '=')))
                : throw new FormatException();
        }
        catch (FormatException)
        {
            throw OssErrorException.InvalidArgument("The continuation token provided is incorrect.");
        }
    }

    private static void AddOwner(OssXml xml, OssBucket bucket) => xml.Open("Owner").Add("DisplayName", bucket.Owner).Add("ID", bucket.Owner).Close("Owner");
}
