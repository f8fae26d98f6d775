using System.Net;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Looks objects up by the JSON API and reads them by the XML API, whose replies to a read carry the metadata too, which those of the JSON API do not.</summary>
internal sealed class GoogleObjectReader(GoogleBucketClient bucket)
{
    public async Task<ObjectInfo?> TryGetInfoAsync(string key, string? versionId, CancellationToken cancellationToken) =>
        await FindAsync(key, versionId, ObjectResource.InfoFields, null, cancellationToken).ConfigureAwait(false) is { } reply ? ObjectResource.Read(reply, versionId is not null || bucket.IsVersioned) : null;

    /// <summary>Looks an object up.</summary>
    /// <param name="key">The key.</param>
    /// <param name="versionId">A generation; null for the live one.</param>
    /// <param name="fields">Which fields are wanted.</param>
    /// <param name="unlessGeneration">A generation that is not wanted: PreconditionFailed (NotModified) if it is the object's; null for none.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The object; null if there is none.</returns>
    public async Task<ObjectReply?> FindAsync(string key, string? versionId, string fields, string? unlessGeneration, CancellationToken cancellationToken)
    {
        if (versionId is not null && !Generation.TryParse(versionId, out _))
        {
            return null;
        }

        var kind = new RequestKind(versionId is null ? GoogleSubject.Object : GoogleSubject.Version, unlessGeneration is null ? GoogleCondition.None : GoogleCondition.Read)
        {
            AlsoAccepts = (int)HttpStatusCode.NotFound,
        };
        using var response = await bucket.Client.SendAsync(CreateLookUp(key, versionId, fields, unlessGeneration), kind, cancellationToken).ConfigureAwait(false);
        using var document = await bucket.Client.ReadDocumentAsync(response, kind, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            return document.ReadJson(GoogleJson.Default.ObjectReply);
        }

        var error = bucket.Client.CreateError(response, document, kind);
        return error.Reason is ObjectStorageErrorReasons.ObjectNotFound or ObjectStorageErrorReasons.VersionNotFound ? null : throw error;
    }

    public async Task<ObjectContent> GetAsync(string key, GetOptions options, CancellationToken cancellationToken)
    {
        var subject = options.VersionId is null ? GoogleSubject.Object : GoogleSubject.Version;
        if (options.VersionId is { } version && !Generation.TryParse(version, out _))
        {
            throw new CloudException(CloudErrorCode.NotFound, "That version of the object does not exist.") { Reason = ObjectStorageErrorReasons.VersionNotFound };
        }

        if (options.Condition is { } condition && Generation.TryParse(condition.IfNoneMatch.ToString(), out _))
        {
            // The XML API knows no generation that must not match. The look-up asks for it, so that an object that is still the same costs one request without a body.
            _ = await FindAsync(key, options.VersionId, "generation", condition.IfNoneMatch.ToString(), cancellationToken).ConfigureAwait(false);
        }

        var response = await bucket.Client.SendAsync(
            CreateRead(key, options), new RequestKind(subject, options.Condition is null ? GoogleCondition.None : GoogleCondition.Read), cancellationToken).ConfigureAwait(false);
        try
        {
            var length = response.Content.Headers.ContentLength ?? throw Changed("it does not say how long the body is");
            long offset = 0;
            var size = length;
            if (response.StatusCode == HttpStatusCode.PartialContent)
            {
                if (!ObjectHeaders.TryReadRange(response, out offset, out size))
                {
                    throw Changed("it does not say which bytes it holds");
                }
            }
            else if (GoogleHeaders.Get(response.Headers, "x-goog-stored-content-length") is { } stored && stored != Generation.Format(length))
            {
                throw Changed($"the object has {stored} bytes and the body {length}");
            }

            var info = ObjectHeaders.Read(key, response, size, options.VersionId is not null || bucket.IsVersioned);
            CheckCondition(options.Condition, info);
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new ObjectContent(info, offset, length, new ReplyBodyStream(response, body, length, bucket.Client.Endpoint.Authority));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static CloudException Changed(string how) =>
        new(CloudErrorCode.Unknown, $"The reply was changed on the way, as by a proxy that decompresses bodies: {how}. Such a proxy must be told not to.");

    /// <summary>Checks what the store was not or need not have been asked: the other content since the look-up, and instants, in whole seconds, which HTTP lets it skip beside a condition on a tag.</summary>
    private static void CheckCondition(ReadCondition? condition, ObjectInfo info)
    {
        if (condition is null)
        {
            return;
        }

        if ((!condition.IfNoneMatch.IsEmpty && condition.IfNoneMatch == info.Tag) ||
            (condition.IfModifiedSince is { } since && info.LastModified.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds()))
        {
            throw new CloudException(CloudErrorCode.PreconditionFailed, "The object was not modified.") { Reason = ObjectStorageErrorReasons.NotModified };
        }

        if (condition.IfUnmodifiedSince is { } until && info.LastModified.ToUnixTimeSeconds() > until.ToUnixTimeSeconds())
        {
            throw new CloudException(CloudErrorCode.PreconditionFailed, "The object was modified.");
        }
    }

    private HttpRequestMessage CreateLookUp(string key, string? versionId, string fields, string? unlessGeneration)
    {
        var url = new TextBuilder(stackalloc char[512]);
        try
        {
            var separator = '?';
            bucket.AppendObject(ref url, key);
            GoogleUrl.AppendOptional(ref url, ref separator, "generation", versionId);
            GoogleUrl.AppendOptional(ref url, ref separator, "ifGenerationNotMatch", unlessGeneration);
            url.Append(separator);
            url.Append("fields=");
            url.Append(fields);
            return new HttpRequestMessage(HttpMethod.Get, GoogleUrl.Create(url.ToString()));
        }
        finally
        {
            url.Dispose();
        }
    }

    private HttpRequestMessage CreateRead(string key, GetOptions options)
    {
        var url = new TextBuilder(stackalloc char[512]);
        HttpRequestMessage message;
        try
        {
            var separator = '?';
            bucket.AppendXml(ref url, key);
            GoogleUrl.AppendOptional(ref url, ref separator, "generation", options.VersionId);
            message = new HttpRequestMessage(HttpMethod.Get, GoogleUrl.Create(url.ToString()));
        }
        finally
        {
            url.Dispose();
        }

        // Says that gzip is welcome, so that an object that is stored so is sent so, with its own length and ranges, and not decompressed on the way.
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        if (options.Range is { } range)
        {
            message.Headers.TryAddWithoutValidation("Range", range.ToString());
        }

        if (options.Condition is { } condition)
        {
            if (!condition.IfMatch.IsEmpty)
            {
                message.Headers.TryAddWithoutValidation("x-goog-if-generation-match", Generation.Demand(condition.IfMatch));
            }

            if (condition.IfModifiedSince is { } modified)
            {
                message.Headers.TryAddWithoutValidation("If-Modified-Since", GoogleHeaders.FormatDate(modified));
            }

            if (condition.IfUnmodifiedSince is { } unmodified)
            {
                message.Headers.TryAddWithoutValidation("If-Unmodified-Since", GoogleHeaders.FormatDate(unmodified));
            }
        }

        return message;
    }
}
