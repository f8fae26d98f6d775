using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Copies inside the store (objects.rewrite): in one call where location and class stay the same, otherwise call by call, each with the token of the one before.</summary>
internal sealed class GoogleRewriter(GoogleBucketClient bucket)
{
    /// <summary>How much one call copies at most, so that each ends well within the time that a request may make no progress.</summary>
    private const string BytesPerCall = "1073741824";

    /// <summary>Copies an object into this bucket.</summary>
    /// <param name="source">The bucket of the source.</param>
    /// <param name="sourceKey">Its key.</param>
    /// <param name="generation">The generation of the source that is copied; null for whatever is live.</param>
    /// <param name="key">The key of the copy.</param>
    /// <param name="demand">The generation that the copy replaces, 0 for none; null for any.</param>
    /// <param name="resource">What is stored with the copy; null for what is stored with the source.</param>
    /// <param name="kind">What errors depend on.</param>
    /// <param name="progress">Told the number of bytes copied so far after each call.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The copy.</returns>
    public async Task<PutResult> RewriteAsync(
        GoogleBucketClient source,
        string sourceKey,
        string? generation,
        string key,
        string? demand,
        byte[]? resource,
        RequestKind kind,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        string? token = null;
        while (true)
        {
            var message = new HttpRequestMessage(HttpMethod.Post, CreateUrl(source, sourceKey, generation, key, demand, token))
            {
                Content = resource is null ? new UploadContent(null) : new ByteArrayContent(resource),
            };
            if (resource is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=UTF-8");
            }

            using var document = await bucket.Client.SendForDocumentAsync(message, kind, cancellationToken).ConfigureAwait(false);
            var reply = document.ReadJson(GoogleJson.Default.RewriteReply);
            if (reply.Done)
            {
                return reply.Resource is { } copy
                    ? ObjectResource.ToResult(copy, bucket.IsVersioned) with { Checksum = copy.Crc32c is { } crc ? Checksum.TryParseBase64(ChecksumAlgorithm.Crc32C, crc) : null }
                    : throw new CloudException(CloudErrorCode.Unknown, "The store made a copy and did not say which generation it is.") { MayHaveTakenEffect = true };
            }

            progress?.Report(reply.TotalBytesRewritten);
            token = reply.RewriteToken is { Length: > 0 } next && next.Length > 0
                ? next
                : throw new CloudException(CloudErrorCode.Unknown, "The store says that the copy goes on, but not how.");
        }
    }

    private Uri CreateUrl(GoogleBucketClient source, string sourceKey, string? generation, string key, string? demand, string? token)
    {
        var url = new TextBuilder(stackalloc char[1024]);
        try
        {
            var separator = '?';
            source.AppendObject(ref url, sourceKey);
            url.Append("/rewriteTo/b/");
            url.AppendEncoded(bucket.Bucket, keepSlash: false);
            url.Append("/o/");
            url.AppendEncoded(key, keepSlash: false);
            GoogleUrl.AppendOptional(ref url, ref separator, "sourceGeneration", generation);
            GoogleUrl.AppendOptional(ref url, ref separator, "ifGenerationMatch", demand);
            GoogleUrl.AppendOptional(ref url, ref separator, "rewriteToken", token);
            GoogleUrl.Append(ref url, ref separator, "maxBytesRewrittenPerCall", BytesPerCall);
            GoogleUrl.Append(ref url, ref separator, "projection", "noAcl");
            url.Append("&fields=done,rewriteToken,totalBytesRewritten,resource(generation,crc32c)");
            return GoogleUrl.Create(url.ToString());
        }
        finally
        {
            url.Dispose();
        }
    }
}
