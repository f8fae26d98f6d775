using System.Globalization;
using System.Xml;
using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>ListObjectsV2, and ListObjects for stores that lack it.</summary>
internal sealed class S3Lister(S3BucketClient client)
{
    // Marks a token as one of this list: stores take any text for a marker, and answer it with some page or other.
    private readonly string _tokenPrefix = client.Profile.ListVersion == S3ListVersion.V2 ? "v2:" : "v1:";

    public async Task<ListPage> ListAsync(ListOptions options, CancellationToken cancellationToken)
    {
        var request = CreateRequest(options);
        using var document = await client.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
        var page = document.Read(xml => ReadPage(xml, options));
        return new ListPage(page.Entries, page.IsTruncated ? ListKeys.Advance(_tokenPrefix + NextToken(page, options), options.ContinuationToken) : null);
    }

    private static string NextToken(in Page page, ListOptions options)
    {
        if (page.NextToken is { Length: > 0 } token)
        {
            return token;
        }

        // Version 1 names a marker only where there is a delimiter; otherwise it is the last of the page, before anything was left out.
        return page.Last ?? throw new CloudException(
            CloudErrorCode.Unknown, $"The store says that the list goes on after '{options.ContinuationToken ?? options.StartAfter}', but not where.");
    }

    private S3Request CreateRequest(ListOptions options)
    {
        var request = new S3Request(HttpMethod.Get) { Subject = S3Subject.Bucket };
        var token = ReadToken(options.ContinuationToken);
        if (client.Profile.ListVersion == S3ListVersion.V2)
        {
            request.AddQuery("list-type", "2");
            if (token is not null)
            {
                request.AddQuery("continuation-token", token);
            }
            else if (!string.IsNullOrEmpty(options.StartAfter))
            {
                request.AddQuery("start-after", options.StartAfter);
            }
        }
        else if ((token ?? options.StartAfter) is { Length: > 0 } marker)
        {
            request.AddQuery("marker", marker);
        }

        if (!string.IsNullOrEmpty(options.Prefix))
        {
            request.AddQuery("prefix", options.Prefix);
        }

        if (!string.IsNullOrEmpty(options.Delimiter))
        {
            request.AddQuery("delimiter", options.Delimiter);
        }

        if (options.PageSize > 0)
        {
            request.AddQuery("max-keys", options.PageSize.ToString(CultureInfo.InvariantCulture));
        }

        if (client.Profile.UrlEncodedLists)
        {
            request.AddQuery("encoding-type", "url");
        }

        return request;
    }

    private string? ReadToken(string? token) =>
        token is null ? null
        : token.StartsWith(_tokenPrefix, StringComparison.Ordinal) ? token[_tokenPrefix.Length..]
        : throw MarkerToken.Unknown();

    private Page ReadPage(XmlReader xml, ListOptions options)
    {
        var objects = new List<ListEntry>();
        List<ListEntry>? prefixes = null;
        bool truncated = false, encoded = false;
        string? next = null;
        while (xml.ReadToElement())
        {
            switch (xml.LocalName)
            {
                case "Contents":
                    objects.Add(ReadObject(xml));
                    break;
                case "CommonPrefixes":
                    (prefixes ??= []).Add(ReadPrefix(xml));
                    break;
                case "IsTruncated":
                    truncated = xml.ReadBoolean();
                    break;
                case "EncodingType":
                    encoded = xml.ReadString() == "url";
                    break;
                case "NextContinuationToken":
                    next = xml.ReadString();
                    break;
                case "NextMarker":
                    next = xml.ReadString();
                    break;
            }
        }

        if (encoded)
        {
            Decode(objects);
            Decode(prefixes);
        }

        var entries = prefixes is null ? objects : Merge(objects, prefixes);
        var last = entries.Count > 0 ? entries[^1].Key : null;
        if (encoded && next is not null && client.Profile.ListVersion == S3ListVersion.V1)
        {
            next = ListKeys.DecodeMarker(next, last);
        }

        if (!string.IsNullOrEmpty(options.StartAfter))
        {
            // Keys after the start may lie under a prefix before it, and a few stores include the start itself.
            entries.RemoveAll(entry => KeyOrder.Compare(entry.Key, options.StartAfter) <= 0);
        }

        return new Page(entries, truncated, next, last);
    }

    private ListEntry ReadObject(XmlReader xml)
    {
        string key = "", storageClass = "";
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
                case "LastModified":
                    modified = xml.ReadInstant() ?? default;
                    break;
                case "ETag":
                    tag = VersionTag.Parse(xml.ReadString());
                    break;
                case "Size":
                    size = xml.ReadInteger();
                    break;
                case "StorageClass":
                    storageClass = xml.ReadString();
                    break;
            }
        }

        return new ListEntry { Key = key, Size = size, Tag = tag, LastModified = modified, Tier = S3Tiers.Read(client.Profile, storageClass) };
    }

    private static ListEntry ReadPrefix(XmlReader xml)
    {
        var prefix = "";
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Prefix")
            {
                prefix = xml.ReadString();
            }
        }

        return new ListEntry { Kind = ListEntryKind.Prefix, Key = prefix };
    }

    private static void Decode(List<ListEntry>? entries)
    {
        for (var i = 0; i < entries?.Count; i++)
        {
            entries[i] = entries[i] with { Key = ListKeys.Decode(entries[i].Key) };
        }
    }

    /// <summary>Stores list objects and prefixes apart, each in order.</summary>
    private static List<ListEntry> Merge(List<ListEntry> objects, List<ListEntry> prefixes)
    {
        var entries = new List<ListEntry>(objects.Count + prefixes.Count);
        int o = 0, p = 0;
        while (o < objects.Count || p < prefixes.Count)
        {
            var takeObject = p == prefixes.Count || (o < objects.Count && KeyOrder.Compare(objects[o].Key, prefixes[p].Key) < 0);
            entries.Add(takeObject ? objects[o++] : prefixes[p++]);
        }

        return entries;
    }

    private readonly record struct Page(List<ListEntry> Entries, bool IsTruncated, string? NextToken, string? Last);
}
