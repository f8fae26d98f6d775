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
                : S3ObjectHeaders.Read(key, response, client.Context, response.Content.Headers.ContentLength ?? 0);
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
            client.Context.Dialect.AddRange(request, range);
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

            var info = S3ObjectHeaders.Read(key, response, client.Context, size);
            CheckInstants(options.Condition, info.LastModified);
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new ObjectContent(info, offset, length, new ReplyBodyStream(response, body, length, client.Context.Endpoint.Authority));
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

    /// <summary>Checks the conditions on instants, in whole seconds, which HTTP lets a store skip where there is one on a tag (RFC 9110, section 13.2.2), while a caller who sets both means both.</summary>
    private static void CheckInstants(ReadCondition? condition, DateTimeOffset lastModified)
    {
        if (condition?.IfModifiedSince is { } since && lastModified.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds())
        {
            throw new CloudException(CloudErrorCode.PreconditionFailed, "The object was not modified.") { Reason = ObjectStorageErrorReasons.NotModified };
        }

        if (condition?.IfUnmodifiedSince is { } until && lastModified.ToUnixTimeSeconds() > until.ToUnixTimeSeconds())
        {
            throw new CloudException(CloudErrorCode.PreconditionFailed, "The object was modified.");
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
