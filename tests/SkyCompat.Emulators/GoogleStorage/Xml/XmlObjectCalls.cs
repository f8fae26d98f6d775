using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The XML API's calls on one object, at <c>/bucket/object</c>.</summary>
internal sealed class XmlObjectCalls(GcsStore store, ResumableCalls resumable)
{
    private const string MetadataPrefix = "x-goog-meta-";

    /// <summary>GET and HEAD.</summary>
    public Task GetAsync(GcsRequest request, string bucket, string name)
    {
        var found = store.Bucket(bucket).Get(name, request.Integer("generation"), Preconditions.FromHeaders(request));
        CheckHttpConditions(request, found);
        Override(request, "response-content-type", "Content-Type");
        Override(request, "response-content-disposition", "Content-Disposition");
        return MediaReply.WriteAsync(request, found, request.Fault?.CutAfter);
    }

    public async Task PutAsync(GcsRequest request, string bucketName, string name)
    {
        var bucket = store.Bucket(bucketName);
        Names.RequireObjectName(name);
        var target = Target(request, bucketName, name);
        if (request.Header("x-goog-copy-source") is not null)
        {
            throw GcsError.NotImplemented("x-goog-copy-source");
        }

        if (!request.Context.Request.ContentLength.HasValue && request.Header("Transfer-Encoding") is null)
        {
            throw new GcsError(411, "required", "You must provide the Content-Length HTTP header.", "MissingContentLength");
        }

        var content = await BodyReader.ReadAsync(request, store.Budget);
        Hashes.FromHeaders(request).Check(content);
        var created = target.Commit(store, content);
        request.Context.Response.Headers.ETag = MediaReply.XmlTag(created);
        ObjectHeaders.Set(request, created);
        _ = bucket;
        await Reply.EmptyAsync(request, StatusCodes.Status200OK);
    }

    public Task DeleteAsync(GcsRequest request, string bucket, string name)
    {
        store.Bucket(bucket).Delete(name, request.Integer("generation"), Preconditions.FromHeaders(request));
        return Reply.EmptyAsync(request, StatusCodes.Status204NoContent);
    }

    /// <summary>POST with <c>x-goog-resumable: start</c>.</summary>
    public Task StartResumableAsync(GcsRequest request, string bucket, string name)
    {
        _ = store.Bucket(bucket);
        Names.RequireObjectName(name);
        resumable.Start(request, Target(request, bucket, name));
        return Task.CompletedTask;
    }

    /// <summary>What the headers say of the object to come.</summary>
    public static UploadTarget Target(GcsRequest request, string bucket, string name)
    {
        var metadata = new JsonObject();
        foreach (var (header, values) in request.Context.Request.Headers)
        {
            if (header.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                // Header names have no case, so the service keeps these in lower case.
                metadata[header[MetadataPrefix.Length..].ToLowerInvariant()] = values.ToString();
            }
        }

        var resource = new JsonObject { ["metadata"] = metadata };
        Set("Cache-Control", "cacheControl");
        Set("Content-Disposition", "contentDisposition");
        Set("Content-Encoding", "contentEncoding");
        Set("Content-Language", "contentLanguage");
        Set("x-goog-custom-time", "customTime");
        Set("x-goog-storage-class", "storageClass");
        var target = new UploadTarget(bucket, name, resource, request.Context.Request.ContentType, Preconditions.FromHeaders(request), null);
        _ = target.Fields;
        return target;

        void Set(string header, string field)
        {
            if (request.Header(header) is { Length: > 0 } value)
            {
                resource[field] = value;
            }
        }
    }

    private static void Override(GcsRequest request, string parameter, string header)
    {
        if (request.Parameter(parameter) is { } value)
        {
            request.Overrides[header] = value;
        }
    }

    private static void CheckHttpConditions(GcsRequest request, GcsObject found)
    {
        var tag = MediaReply.XmlTag(found);
        if (request.Header("If-Match") is { } match && !Names(match))
        {
            throw GcsError.PreconditionFailed("If-Match");
        }

        // Dates have no fractions of a second, so the object's is cut to compare.
        var modified = DateTimeOffset.FromUnixTimeSeconds(found.Updated.ToUnixTimeSeconds());
        if (request.Header("If-Match") is null && Date("If-Unmodified-Since") is { } unmodifiedSince && modified > unmodifiedSince)
        {
            throw GcsError.PreconditionFailed("If-Unmodified-Since");
        }

        if (request.Header("If-None-Match") is { } noneMatch)
        {
            if (Names(noneMatch))
            {
                throw GcsError.NotModified();
            }
        }
        else if (Date("If-Modified-Since") is { } modifiedSince && modified <= modifiedSince)
        {
            throw GcsError.NotModified();
        }

        bool Names(string header) => header.Split(',', StringSplitOptions.TrimEntries).Any(item => item == "*" || item == tag || $"\"{item}\"" == tag);

        DateTimeOffset? Date(string header) =>
            DateTimeOffset.TryParseExact(request.Header(header), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
    }
}
