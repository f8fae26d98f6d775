using System.Globalization;
using System.Net.Http.Headers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Whether a bucket keeps versions, and the list of them: generations of which at most one is live. A deletion leaves no marker of its own.</summary>
internal sealed class GoogleVersions(GoogleBucketClient bucket, GoogleVersioningStates states)
{
    private const int UsualPage = 1000;
    private const int LeastPage = 100;

    public async Task<VersioningState> GetStateAsync(CancellationToken cancellationToken)
    {
        using var document = await bucket.Client.SendForDocumentAsync(
            new HttpRequestMessage(HttpMethod.Get, GoogleUrl.Create($"{bucket.Resource}?fields=versioning")), new RequestKind(GoogleSubject.Bucket), cancellationToken).ConfigureAwait(false);
        var versioning = document.ReadJson(GoogleJson.Default.BucketReply).Versioning;
        states.Set(bucket.Bucket, versioning is not null);
        return versioning switch
        {
            null => VersioningState.Disabled,
            { Enabled: true } => VersioningState.Enabled,
            _ => VersioningState.Suspended,
        };
    }

    public async Task SetStateAsync(VersioningState state, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(state == VersioningState.Enabled ? """{"versioning":{"enabled":true}}"""u8.ToArray() : """{"versioning":{"enabled":false}}"""u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await bucket.Client.SendForStatusAsync(
            new HttpRequestMessage(HttpMethod.Patch, GoogleUrl.Create($"{bucket.Resource}?fields=name")) { Content = content },
            new RequestKind(GoogleSubject.Bucket, GoogleCondition.None, IsWrite: true),
            cancellationToken).ConfigureAwait(false);
        states.Set(bucket.Bucket, true);
    }

    /// <summary>The store lists the generations of a name from the oldest; here the newest comes first, so that those of a name are read before the first of them is told.</summary>
    public async Task<VersionPage> ListAsync(ListVersionsOptions options, CancellationToken cancellationToken)
    {
        var wanted = options.PageSize > 0 ? options.PageSize : UsualPage;
        var (start, told) = options.ContinuationToken is { } token ? ReadToken(token) : (null, long.MaxValue);
        var entries = new List<VersionEntry>();
        var sameName = new List<ObjectReply>();
        string? pageToken = null;
        do
        {
            var page = await ReadPageAsync(options.Prefix, start, pageToken, Math.Clamp(wanted + 1, LeastPage, UsualPage), cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items ?? [])
            {
                if (sameName.Count > 0 && sameName[0].Name != item.Name)
                {
                    if (!Tell(sameName, start, told, entries, wanted))
                    {
                        return new VersionPage(entries, TokenAfter(entries[^1]));
                    }

                    sameName.Clear();
                }

                sameName.Add(item);
            }

            pageToken = page.NextPageToken;
        }
        while (!string.IsNullOrEmpty(pageToken));

        return new VersionPage(entries, Tell(sameName, start, told, entries, wanted) ? null : TokenAfter(entries[^1]));
    }

    private static string TokenAfter(in VersionEntry last) => ListToken.Create(last.Key, last.VersionId);

    private static (string Start, long Told) ReadToken(string token)
    {
        var (key, generation) = ListToken.ReadPair(token);
        return Generation.TryParse(generation, out var told)
            ? (key, told)
            : throw new CloudException(CloudErrorCode.InvalidArgument, "The continuation token was not made by this list.") { Reason = ObjectStorageErrorReasons.InvalidToken };
    }

    /// <summary>Adds the generations of one name, newest first, as long as the page has room.</summary>
    /// <returns>False if some had none.</returns>
    private static bool Tell(List<ObjectReply> sameName, string? start, long told, List<VersionEntry> entries, int wanted)
    {
        foreach (var item in sameName.OrderByDescending(item => item.Generation))
        {
            if (item.Name == start && item.Generation >= told)
            {
                continue;
            }

            if (entries.Count == wanted)
            {
                return false;
            }

            var generation = Generation.Format(item.Generation);
            entries.Add(new VersionEntry
            {
                Key = item.Name,
                VersionId = generation,
                IsLatest = item.TimeDeleted is null,
                Size = item.Size,
                Tag = VersionTag.Parse(generation),
                LastModified = ObjectResource.ToSecond(item.Updated),
            });
        }

        return true;
    }

    private async Task<ObjectListReply> ReadPageAsync(string? prefix, string? start, string? pageToken, int size, CancellationToken cancellationToken)
    {
        using var document = await bucket.Client.SendForDocumentAsync(
            new HttpRequestMessage(HttpMethod.Get, CreateUrl(prefix, start, pageToken, size)), new RequestKind(GoogleSubject.Bucket), cancellationToken).ConfigureAwait(false);
        return document.ReadJson(GoogleJson.Default.ObjectListReply);
    }

    private Uri CreateUrl(string? prefix, string? start, string? pageToken, int size)
    {
        var url = new TextBuilder(stackalloc char[1024]);
        try
        {
            url.Append(bucket.Resource);
            url.Append("/o?versions=true&fields=nextPageToken,items(name,size,generation,updated,timeDeleted)");
            var separator = '&';
            GoogleUrl.AppendOptional(ref url, ref separator, "prefix", prefix);
            GoogleUrl.AppendOptional(ref url, ref separator, "startOffset", start);
            GoogleUrl.AppendOptional(ref url, ref separator, "pageToken", pageToken);
            GoogleUrl.Append(ref url, ref separator, "maxResults", size.ToString(CultureInfo.InvariantCulture));
            return GoogleUrl.Create(url.ToString());
        }
        finally
        {
            url.Dispose();
        }
    }
}
