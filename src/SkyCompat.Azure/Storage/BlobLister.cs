using System.Globalization;
using System.Xml;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>List Blobs.</summary>
internal sealed class BlobLister(AzureClient client)
{
    private static readonly Comparer<ListedBlob> ByKey = Comparer<ListedBlob>.Create(static (left, right) => KeyOrder.Compare(left.Name, right.Name));

    public async Task<ListPage> ListAsync(ListOptions options, CancellationToken cancellationToken)
    {
        var marker = ListToken.Read(options.ContinuationToken);
        var request = CreateRequest(client, options.Prefix, marker, options.PageSize);
        if (!string.IsNullOrEmpty(options.Delimiter))
        {
            request.AddQuery("delimiter", options.Delimiter);
        }

        if (marker is null && !string.IsNullOrEmpty(options.StartAfter))
        {
            // Inclusive, so that the start itself is left out below. A service that does not know it lists from the beginning, and all before the start is left out too.
            request.AddQuery("startFrom", options.StartAfter);
        }

        var (blobs, next) = await SendAsync(client, request, cancellationToken).ConfigureAwait(false);
        Sort(blobs);
        var entries = new List<ListEntry>(blobs.Count);
        foreach (var blob in blobs)
        {
            // With a hierarchical namespace, directories are listed like blobs.
            if (!blob.IsDirectory && (string.IsNullOrEmpty(options.StartAfter) || KeyOrder.Compare(blob.Name, options.StartAfter) > 0))
            {
                entries.Add(blob.IsPrefix
                    ? new ListEntry { Kind = ListEntryKind.Prefix, Key = blob.Name }
                    : new ListEntry { Key = blob.Name, Size = blob.Size, Tag = blob.Tag, LastModified = blob.LastModified, Tier = BlobTiers.Read(blob.AccessTier) });
            }
        }

        return new ListPage(entries, ListToken.Create(next, options.ContinuationToken));
    }

    /// <summary>A request to list the blobs of a container.</summary>
    public static AzureRequest CreateRequest(AzureClient client, string? prefix, string? marker, int pageSize, string? include = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        var request = new AzureRequest(HttpMethod.Get) { Subject = AzureSubject.Container };
        request.AddQuery("restype", "container");
        request.AddQuery("comp", "list");
        if (!string.IsNullOrEmpty(prefix))
        {
            request.AddQuery("prefix", prefix);
        }

        if (marker is not null)
        {
            request.AddQuery("marker", marker);
        }

        if (pageSize > 0)
        {
            request.AddQuery("maxresults", pageSize.ToString(CultureInfo.InvariantCulture));
        }

        if (include is not null)
        {
            request.AddQuery("include", include);
        }

        return request;
    }

    /// <summary>Sends such a request.</summary>
    public static async Task<(List<ListedBlob> Blobs, string? NextMarker)> SendAsync(AzureClient client, AzureRequest request, CancellationToken cancellationToken)
    {
        using var document = await client.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
        return document.Read(ReadPage);
    }

    /// <summary>Orders a page by UTF-8, where the service has another order or lists prefixes apart.</summary>
    private static void Sort(List<ListedBlob> blobs)
    {
        for (var i = 1; i < blobs.Count; i++)
        {
            if (ByKey.Compare(blobs[i - 1], blobs[i]) > 0)
            {
                blobs.Sort(ByKey);
                return;
            }
        }
    }

    private static (List<ListedBlob> Blobs, string? NextMarker) ReadPage(XmlReader xml)
    {
        var blobs = new List<ListedBlob>();
        string? next = null;
        while (xml.ReadToElement())
        {
            switch (xml.LocalName)
            {
                case "Blob":
                    blobs.Add(ReadBlob(xml, isPrefix: false));
                    break;
                case "BlobPrefix":
                    blobs.Add(ReadBlob(xml, isPrefix: true));
                    break;
                case "NextMarker":
                    next = xml.ReadString();
                    break;
            }
        }

        return (blobs, string.IsNullOrEmpty(next) ? null : next);
    }

    private static ListedBlob ReadBlob(XmlReader xml, bool isPrefix)
    {
        var blob = new ListedBlob { Name = "", IsPrefix = isPrefix };
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "Name" when xml.Depth == depth + 1:
                    // What XML cannot carry comes percent-encoded.
                    var encoded = xml.GetAttribute("Encoded") is "true";
                    var name = xml.ReadString();
                    blob = blob with { Name = encoded ? Uri.UnescapeDataString(name) : name };
                    break;
                case "VersionId":
                    blob = blob with { VersionId = xml.ReadString() };
                    break;
                case "IsCurrentVersion":
                    blob = blob with { IsCurrent = xml.ReadBoolean() };
                    break;
                case "Last-Modified":
                    blob = blob with { LastModified = xml.ReadInstant() ?? default };
                    break;
                case "Etag":
                    blob = blob with { Tag = VersionTag.Parse(xml.ReadString()) };
                    break;
                case "Content-Length":
                    blob = blob with { Size = xml.ReadInteger() };
                    break;
                case "AccessTier":
                    blob = blob with { AccessTier = xml.ReadString() };
                    break;
                case "ResourceType":
                    blob = blob with { IsDirectory = xml.ReadString() == "directory" };
                    break;
            }
        }

        return blob;
    }
}
