using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary><c>storage.objects.insert</c> in one request.</summary>
internal sealed class UploadCalls(GcsStore store)
{
    /// <summary>uploadType=media: the body is the data.</summary>
    public async Task MediaAsync(GcsRequest request, string bucket)
    {
        _ = store.Bucket(bucket);
        var name = request.Parameter("name");
        Names.RequireObjectName(name);
        var content = await BodyReader.ReadAsync(request, store.Budget);
        var metadata = new JsonObject();
        await FinishAsync(request, store, new UploadTarget(bucket, name!, metadata, request.Context.Request.ContentType, Preconditions.FromQuery(request), request.Parameter("contentEncoding")), content, Hashes.FromHeaders(request));
    }

    /// <summary>uploadType=multipart: metadata, then data.</summary>
    public async Task RelatedAsync(GcsRequest request, string bucket)
    {
        _ = store.Bucket(bucket);
        var body = await RelatedBody.ReadAsync(request, store.Budget);
        await FinishAsync(request, store, UploadTarget.From(request, bucket, body.Metadata, body.ContentType), body.Content, Hashes.FromHeaders(request));
    }

    /// <summary>Checks what was said of the data, and makes it an object.</summary>
    public static Task FinishAsync(GcsRequest request, GcsStore store, UploadTarget target, Content content, Hashes headers)
    {
        headers.Check(content);
        var created = target.Commit(store, content);
        request.Context.Response.Headers.ETag = created.ETag;
        return Reply.JsonAsync(request, ObjectResource.ToJson(created, request.Origin));
    }
}

/// <summary>What an upload will become.</summary>
internal sealed record UploadTarget(string Bucket, string Name, JsonObject Metadata, string? ContentType, Preconditions Preconditions, string? ContentEncoding)
{
    /// <summary>The name and the rest from the metadata, the name also from the query.</summary>
    public static UploadTarget From(GcsRequest request, string bucket, JsonObject metadata, string? contentType)
    {
        var name = request.Parameter("name") ?? metadata.Text("name");
        Names.RequireObjectName(name);
        if (request.Parameter("name") is { } inQuery && metadata.Text("name") is { } inBody && inBody != inQuery)
        {
            throw GcsError.Invalid($"Value '{inBody}' in content does not agree with value '{inQuery}'.");
        }

        if (contentType is not null && metadata.Text("contentType") is { } described && !described.Equals(contentType, StringComparison.OrdinalIgnoreCase))
        {
            throw GcsError.Invalid($"Content-Type specified in the upload ({contentType}) does not match Content-Type specified in metadata ({described}).");
        }

        var target = new UploadTarget(bucket, name!, metadata, contentType, Preconditions.FromQuery(request), request.Parameter("contentEncoding"));
        _ = target.Fields;
        return target;
    }

    public ObjectFields Fields
    {
        get
        {
            var fields = ObjectFields.FromJson(Metadata);
            return fields with { ContentType = fields.ContentType ?? ContentType, ContentEncoding = fields.ContentEncoding ?? ContentEncoding };
        }
    }

    public GcsObject Commit(GcsStore store, Content content)
    {
        new Hashes(Metadata.Text("crc32c"), Metadata.Text("md5Hash")).Check(content);
        var bucket = store.Bucket(Bucket);
        return bucket.Insert(
            new GcsObject
            {
                Bucket = Bucket,
                Name = Name,
                Content = content,
                Fields = Fields,
                StorageClass = Metadata.Text("storageClass") is { } storageClass ? BucketResource.RequireStorageClass(storageClass) : bucket.StorageClass,
            },
            Preconditions);
    }
}
