using System.Globalization;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Lists objects and common prefixes.</summary>
internal sealed class GoogleLister(GoogleBucketClient bucket)
{
    public async Task<ListPage> ListAsync(ListOptions options, CancellationToken cancellationToken)
    {
        var token = ListToken.Read(options.ContinuationToken);
        using var document = await bucket.Client.SendForDocumentAsync(
            new HttpRequestMessage(HttpMethod.Get, CreateUrl(options, token)), new RequestKind(GoogleSubject.Bucket), cancellationToken).ConfigureAwait(false);
        var reply = document.ReadJson(GoogleJson.Default.ObjectListReply);
        if (reply.NextPageToken is { Length: > 0 } next && next == token)
        {
            throw new CloudException(CloudErrorCode.Unknown, "The store answers a list with the same page again and again.");
        }

        return new ListPage(Merge(reply, options), string.IsNullOrEmpty(reply.NextPageToken) ? null : ListToken.Create(reply.NextPageToken));
    }

    private Uri CreateUrl(ListOptions options, string? token)
    {
        var url = new TextBuilder(stackalloc char[1024]);
        try
        {
            url.Append(bucket.Resource);
            url.Append("/o?fields=nextPageToken,prefixes,items(name,size,generation,updated,storageClass)");
            var separator = '&';
            GoogleUrl.AppendOptional(ref url, ref separator, "prefix", options.Prefix);
            GoogleUrl.AppendOptional(ref url, ref separator, "delimiter", options.Delimiter);

            // Where a list starts is part of it on every page; the key itself is left out below, as the store includes it.
            GoogleUrl.AppendOptional(ref url, ref separator, "startOffset", options.StartAfter);
            GoogleUrl.AppendOptional(ref url, ref separator, "pageToken", token);
            if (options.PageSize > 0)
            {
                GoogleUrl.Append(ref url, ref separator, "maxResults", options.PageSize.ToString(CultureInfo.InvariantCulture));
            }

            return GoogleUrl.Create(url.ToString());
        }
        finally
        {
            url.Dispose();
        }
    }

    /// <summary>The store lists objects and prefixes apart, each in order.</summary>
    private static List<ListEntry> Merge(ObjectListReply reply, ListOptions options)
    {
        List<ObjectReply> objects = reply.Items ?? [];
        List<string> prefixes = reply.Prefixes ?? [];
        var entries = new List<ListEntry>(objects.Count + prefixes.Count);
        int o = 0, p = 0;
        while (o < objects.Count || p < prefixes.Count)
        {
            var takesObject = p == prefixes.Count || (o < objects.Count && KeyOrder.Compare(objects[o].Name, prefixes[p]) < 0);
            var entry = takesObject ? ToEntry(objects[o++]) : new ListEntry { Kind = ListEntryKind.Prefix, Key = prefixes[p++] };

            // Keys after the start may lie under a prefix before it.
            if ((string.IsNullOrEmpty(options.StartAfter) || KeyOrder.Compare(entry.Key, options.StartAfter) > 0) && !StagedKey.TryParse(entry.Key, out _, out _))
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private static ListEntry ToEntry(ObjectReply item) => new()
    {
        Key = item.Name,
        Size = item.Size,
        Tag = VersionTag.Parse(Generation.Format(item.Generation)),
        LastModified = ObjectResource.ToSecond(item.Updated),
        Tier = GoogleTiers.Read(item.StorageClass),
    };
}
