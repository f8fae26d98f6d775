using System.Collections.ObjectModel;
using System.Net;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Get Blob Properties and Get Blob.</summary>
internal sealed class BlobReader(AzureClient client)
{
    public async Task<ObjectInfo?> TryGetInfoAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        var request = CreateRequest(HttpMethod.Head, key, versionId);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.NotFound ? null : BlobHeaders.Read(key, response, response.Content.Headers.ContentLength ?? 0);
        }
        catch (CloudException exception) when (exception.Reason is ObjectStorageErrorReasons.VersionNotFound or ObjectStorageErrorReasons.ObjectNotFound)
        {
            // A malformed version id is refused otherwise than with 404, and a key that cannot be held is not asked for.
            return null;
        }
    }

    /// <summary>All that is stored with an object beside its bytes, for a copy that must carry it itself.</summary>
    public async Task<StoredObject?> TryGetStoredAsync(string key, string? versionId, BlobTags tags, CancellationToken cancellationToken)
    {
        ObjectInfo info;
        string? tagCount;
        using (var response = await client.SendAsync(CreateRequest(HttpMethod.Head, key, versionId), cancellationToken).ConfigureAwait(false))
        {
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            info = BlobHeaders.Read(key, response, response.Content.Headers.ContentLength ?? 0);
            tagCount = AzureHeaders.Get(response.Headers, "x-ms-tag-count");
        }

        var own = tagCount is null or "0" ? ReadOnlyDictionary<string, string>.Empty : await tags.GetAsync(key, versionId, cancellationToken).ConfigureAwait(false);
        return new StoredObject(info, own);
    }

    public async Task<ObjectContent> GetAsync(string key, GetOptions options, CancellationToken cancellationToken)
    {
        var request = CreateRequest(HttpMethod.Get, key, options.VersionId);
        if (options.Range is { } range)
        {
            request.AddHeader("x-ms-range", range.ToString());
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
            if (response.StatusCode == HttpStatusCode.PartialContent && !AzureHeaders.TryReadRange(response, out offset, out size))
            {
                throw new CloudException(CloudErrorCode.Unknown, "The reply to a range does not say which bytes it holds.");
            }

            if (options.Range?.Offset >= size)
            {
                // Emulators answer such a range with nothing instead of a refusal.
                throw new CloudException(CloudErrorCode.InvalidArgument, "The range starts at or beyond the end of the object.") { Reason = ObjectStorageErrorReasons.RangeNotSatisfiable };
            }

            var info = BlobHeaders.Read(key, response, size);
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

    private static AzureRequest CreateRequest(HttpMethod method, string key, string? versionId)
    {
        var request = new AzureRequest(method, key)
        {
            Subject = versionId is null ? AzureSubject.Object : AzureSubject.Version,
            AcceptNotFound = method == HttpMethod.Head,
        };
        if (versionId is not null)
        {
            request.AddQuery("versionid", versionId);
        }

        return request;
    }

    private static void AddCondition(AzureRequest request, ReadCondition condition)
    {
        request.Condition = AzureCondition.Read;
        if (!condition.IfMatch.IsEmpty)
        {
            request.AddHeader("if-match", AzureHeaders.Quote(condition.IfMatch));
        }

        if (!condition.IfNoneMatch.IsEmpty)
        {
            request.AddHeader("if-none-match", AzureHeaders.Quote(condition.IfNoneMatch));
        }

        if (condition.IfModifiedSince is { } modified)
        {
            request.AddHeader("if-modified-since", AzureHeaders.FormatDate(modified));
        }

        if (condition.IfUnmodifiedSince is { } unmodified)
        {
            request.AddHeader("if-unmodified-since", AzureHeaders.FormatDate(unmodified));
        }
    }

    /// <summary>Checks the conditions on instants, in whole seconds, which HTTP lets a service skip where there is one on a tag (RFC 9110, section 13.2.2), while a caller who sets both means both.</summary>
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
}
