using System.Globalization;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Writes an object in one stream: by one request, or where it is large in a session that survives a broken connection.</summary>
internal sealed class GoogleObjectWriter(GoogleBucketClient bucket)
{
    /// <summary>Above this, what a broken connection costs outweighs the request that starts a session.</summary>
    public const long ResumableBytes = 16L << 20;

    public async Task<PutResult> PutAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken)
    {
        GoogleKeys.Check(key);
        var demand = Generation.Demand(options.Condition);
        var kind = new RequestKind(GoogleSubject.Object, Generation.KindOf(options.Condition), IsWrite: true);
        using var metadata = new PooledBytes();
        ObjectResource.Write(metadata, key, options.Headers, options.Metadata, GoogleTiers.ChoiceOf(options.Tier), checksum);
        using var document = body.Length > ResumableBytes
            ? await new ResumableUpload(bucket.Client, body, kind).SendAsync(CreateSession(metadata, body.Length, demand, options), cancellationToken).ConfigureAwait(false)
            : await bucket.Client.SendForDocumentAsync(
                new HttpRequestMessage(HttpMethod.Post, CreateUrl("multipart", demand)) { Content = new RelatedContent(metadata.Span, options.Headers.ContentType, body) },
                kind,
                cancellationToken).ConfigureAwait(false);
        return ObjectResource.ToResult(document.ReadJson(GoogleJson.Default.ObjectReply), bucket.IsVersioned);
    }

    private HttpRequestMessage CreateSession(PooledBytes metadata, long length, string? demand, PutOptions options)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, CreateUrl("resumable", demand)) { Content = new ByteArrayContent(metadata.Span.ToArray()) };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=UTF-8");
        message.Headers.TryAddWithoutValidation("X-Upload-Content-Type", options.Headers.ContentType);
        message.Headers.TryAddWithoutValidation("X-Upload-Content-Length", length.ToString(CultureInfo.InvariantCulture));
        return message;
    }

    private Uri CreateUrl(string uploadType, string? demand) => GoogleUrl.Create(
        demand is null ? $"{bucket.Uploads}?uploadType={uploadType}&fields=generation" : $"{bucket.Uploads}?uploadType={uploadType}&ifGenerationMatch={demand}&fields=generation");
}
