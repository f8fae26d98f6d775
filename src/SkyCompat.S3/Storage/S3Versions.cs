using System.Globalization;
using System.Xml;
using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>Bucket versioning and ListObjectVersions.</summary>
internal sealed class S3Versions(S3BucketClient client)
{
    public async Task<VersioningState> GetStateAsync(CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Get) { Subject = S3Subject.Bucket };
        request.AddQuery("versioning");
        using var document = await client.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
        return document.ReadValue("Status") switch
        {
            "Enabled" => VersioningState.Enabled,
            "Suspended" => VersioningState.Suspended,
            _ => VersioningState.Disabled,
        };
    }

    public Task SetStateAsync(VersioningState state, CancellationToken cancellationToken)
    {
        var xml = new S3Xml(client.Context.Dialect, "VersioningConfiguration");
        xml.Add("Status", state == VersioningState.Enabled ? "Enabled" : "Suspended");
        var body = xml.ToBytes();
        var request = new S3Request(HttpMethod.Put) { Subject = S3Subject.Bucket, IsWrite = true };
        request.AddQuery("versioning");
        request.SetBody(body, S3Xml.ContentType);
        request.AddHeader("content-md5", ContentMd5.Of(body));
        return client.SendForStatusAsync(request, cancellationToken);
    }

    public async Task<VersionPage> ListAsync(ListVersionsOptions options, CancellationToken cancellationToken)
    {
        using var document = await client.SendForDocumentAsync(CreateRequest(options), cancellationToken).ConfigureAwait(false);
        var page = document.Read(ReadPage);
        ListKeys.Advance(page.ContinuationToken, options.ContinuationToken);
        return page;
    }

    private static VersionPage ReadPage(XmlReader xml)
    {
        var entries = new List<VersionEntry>();
        bool truncated = false, encoded = false;
        string? nextKey = null, nextVersion = null;
        while (xml.ReadToElement())
        {
            switch (xml.LocalName)
            {
                case "Version":
                    entries.Add(ReadEntry(xml, isDeleteMarker: false));
                    break;
                case "DeleteMarker":
                    entries.Add(ReadEntry(xml, isDeleteMarker: true));
                    break;
                case "IsTruncated":
                    truncated = xml.ReadBoolean();
                    break;
                case "EncodingType":
                    encoded = xml.ReadString() == "url";
                    break;
                case "NextKeyMarker":
                    nextKey = xml.ReadString();
                    break;
                case "NextVersionIdMarker":
                    nextVersion = xml.ReadString();
                    break;
            }
        }

        if (encoded)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                entries[i] = entries[i] with { Key = ListKeys.Decode(entries[i].Key) };
            }

            nextKey = ListKeys.DecodeMarker(nextKey ?? "", entries.Count > 0 ? entries[^1].Key : null);
        }

        return new VersionPage(InOrder(entries), truncated && !string.IsNullOrEmpty(nextKey) ? MarkerToken.Create(nextKey, nextVersion) : null);
    }

    /// <summary>Some servers list versions first and delete markers after them. Those that list in order keep it, which resolves times to less than a second.</summary>
    private static List<VersionEntry> InOrder(List<VersionEntry> entries)
    {
        for (var i = 1; i < entries.Count; i++)
        {
            var order = KeyOrder.Compare(entries[i - 1].Key, entries[i].Key);
            if (order > 0 || (order == 0 && (entries[i].IsLatest || entries[i].LastModified > entries[i - 1].LastModified)))
            {
                return [.. entries
                    .OrderBy(e => e.Key, KeyOrder.Comparer)
                    .ThenByDescending(e => e.IsLatest)
                    .ThenByDescending(e => e.LastModified)];
            }
        }

        return entries;
    }

    private static VersionEntry ReadEntry(XmlReader xml, bool isDeleteMarker)
    {
        string key = "", id = "";
        var latest = false;
        long size = 0;
        var tag = default(VersionTag);
        var modified = default(DateTimeOffset);
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "Key":
                    key = xml.ReadString();
                    break;
                case "VersionId":
                    id = xml.ReadString();
                    break;
                case "IsLatest":
                    latest = xml.ReadBoolean();
                    break;
                case "LastModified":
                    modified = xml.ReadInstant() ?? default;
                    break;
                case "ETag":
                    tag = VersionTag.Parse(xml.ReadString());
                    break;
                case "Size":
                    size = xml.ReadInteger();
                    break;
            }
        }

        return new VersionEntry
        {
            Key = key,
            VersionId = id,
            IsLatest = latest,
            IsDeleteMarker = isDeleteMarker,
            Size = isDeleteMarker ? 0 : size,
            Tag = isDeleteMarker ? default : tag,
            LastModified = modified,
        };
    }

    private S3Request CreateRequest(ListVersionsOptions options)
    {
        var request = new S3Request(HttpMethod.Get) { Subject = S3Subject.Bucket };
        request.AddQuery("versions");
        if (!string.IsNullOrEmpty(options.Prefix))
        {
            request.AddQuery("prefix", options.Prefix);
        }

        if (options.PageSize > 0)
        {
            request.AddQuery("max-keys", options.PageSize.ToString(CultureInfo.InvariantCulture));
        }

        if (client.Profile.UrlEncodedLists)
        {
            request.AddQuery("encoding-type", "url");
        }

        if (options.ContinuationToken is { } token)
        {
            var (key, version) = MarkerToken.Parse(token);
            request.AddQuery("key-marker", key);
            if (version.Length > 0)
            {
                request.AddQuery("version-id-marker", version);
            }
        }

        return request;
    }
}
