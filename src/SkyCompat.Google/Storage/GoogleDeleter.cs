using System.Net;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Deletes objects, one or many. Where versions are kept, an object loses its live generation, which stays as a version; a named generation is deleted for good.</summary>
internal sealed class GoogleDeleter(GoogleBucketClient bucket)
{
    public async Task<DeleteResult> DeleteAsync(string key, DeleteOptions options, CancellationToken cancellationToken)
    {
        if (options.VersionId is { } version && !Generation.TryParse(version, out _))
        {
            return options.IfMatch.IsEmpty
                ? new DeleteResult(key, DeleteOutcome.Missing)
                : throw new CloudException(CloudErrorCode.PreconditionFailed, "There is no such version, so it does not have the tag that was demanded.");
        }

        var demand = options.IfMatch.IsEmpty ? null : Generation.Demand(options.IfMatch);
        var kind = new RequestKind(options.VersionId is null ? GoogleSubject.Object : GoogleSubject.Version, demand is null ? GoogleCondition.None : GoogleCondition.IfMatch, IsWrite: true)
        {
            AlsoAccepts = (int)HttpStatusCode.NotFound,
        };
        using var response = await bucket.Client.SendAsync(new HttpRequestMessage(HttpMethod.Delete, CreateUrl(key, options.VersionId, demand)), kind, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            return new DeleteResult(key, DeleteOutcome.Deleted);
        }

        using var document = await bucket.Client.ReadDocumentAsync(response, kind, cancellationToken).ConfigureAwait(false);
        var error = bucket.Client.CreateError(response, document, kind);
        return error.Reason is ObjectStorageErrorReasons.ObjectNotFound or ObjectStorageErrorReasons.VersionNotFound ? new DeleteResult(key, DeleteOutcome.Missing) : throw error;
    }

    public async Task<IReadOnlyList<DeleteResult>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var kind = new RequestKind(GoogleSubject.Bucket, GoogleCondition.None, IsWrite: true);
        var message = new HttpRequestMessage(HttpMethod.Post, GoogleUrl.Create(bucket.Client.Endpoint.Batch)) { Content = DeleteBatch.Write(bucket.ObjectPath, keys) };
        using var response = await bucket.Client.SendAsync(message, kind, cancellationToken).ConfigureAwait(false);
        using var document = await bucket.Client.ReadDocumentAsync(response, kind, cancellationToken).ConfigureAwait(false);
        var results = DeleteBatch.Read(document, GoogleHeaders.Get(response.Content.Headers, "Content-Type"), keys);

        // Of a bucket that is not there, every reply says so, and so does the whole.
        return Array.Find(results, result => result.Error?.Reason == ObjectStorageErrorReasons.BucketNotFound).Error is { } missing ? throw missing : results;
    }

    private Uri CreateUrl(string key, string? versionId, string? demand)
    {
        var url = new TextBuilder(stackalloc char[512]);
        try
        {
            var separator = '?';
            bucket.AppendObject(ref url, key);
            GoogleUrl.AppendOptional(ref url, ref separator, "generation", versionId);
            GoogleUrl.AppendOptional(ref url, ref separator, "ifGenerationMatch", demand);
            return GoogleUrl.Create(url.ToString());
        }
        finally
        {
            url.Dispose();
        }
    }
}
