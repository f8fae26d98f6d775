using System.Net;
using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>HeadObject and GetObject.</summary>
internal sealed class S3ObjectReader(S3BucketClient client)
{
    private readonly bool _storesChecksums = client.Profile.Checksums is S3ChecksumMode.Crc32C or S3ChecksumMode.Crc64Nvme;

    public async Task<ObjectInfo?> TryGetInfoAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        var request = CreateRequest(HttpMethod.Head, key, versionId);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.NotFound
                ? null
                : S3ObjectHeaders.Read(key, response, client.Profile, response.Content.Headers.ContentLength ?? 0);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.NotFound && exception.Reason == ObjectStorageErrorReasons.VersionNotFound)
        {
            // A malformed version id, or that of a delete marker, is refused otherwise than with 404.
            return null;
        }
    }

    public async Task<ObjectContent> GetAsync(string key, GetOptions options, CancellationToken cancellationToken)
    {
        var request = CreateRequest(HttpMethod.Get, key, options.VersionId);
        if (options.Range is { } range)
        {
            request.AddHeader("range", range.ToString());
        }

        if (options.Condition is { } condition)
        {
            AddCondition(request, condition);
        }

        var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            var length = response.Content.Headers.ContentLength ?? throw new CloudException(
                CloudErrorCode.Unknown, "The reply does not say how long the body is: a proxy on the way changes bodies, and must be told not to.");
            long offset = 0;
            var size = length;
            if (response.StatusCode == HttpStatusCode.PartialContent && !S3ObjectHeaders.TryReadRange(response, out offset, out size))
            {
                throw new CloudException(CloudErrorCode.Unknown, "The reply to a range does not say which bytes it holds.");
            }

            var info = S3ObjectHeaders.Read(key, response, client.Profile, size);
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new ObjectContent(info, offset, length, new S3BodyStream(response, body, length, client.Context.Endpoint.Authority));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static void AddCondition(S3Request request, ReadCondition condition)
    {
        request.Condition = S3Condition.Read;
        if (!condition.IfMatch.IsEmpty)
        {
            request.AddHeader("if-match", S3Headers.Quote(condition.IfMatch));
        }

        if (!condition.IfNoneMatch.IsEmpty)
        {
            request.AddHeader("if-none-match", S3Headers.Quote(condition.IfNoneMatch));
        }

        if (condition.IfModifiedSince is { } modified)
        {
            request.AddHeader("if-modified-since", S3Headers.FormatDate(modified));
        }

        if (condition.IfUnmodifiedSince is { } unmodified)
        {
            request.AddHeader("if-unmodified-since", S3Headers.FormatDate(unmodified));
        }
    }

    private S3Request CreateRequest(HttpMethod method, string key, string? versionId)
    {
        var request = new S3Request(method, key)
        {
            Subject = versionId is null ? S3Subject.Object : S3Subject.Version,
            AcceptNotFound = method == HttpMethod.Head,
        };
        if (versionId is not null)
        {
            request.AddQuery("versionId", versionId);
        }

        if (_storesChecksums)
        {
            request.AddHeader("x-amz-checksum-mode", "ENABLED");
        }

        return request;
    }
}
