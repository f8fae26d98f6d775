namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>Finds what a request asks for.</summary>
internal sealed class GcsRouter(BucketCalls buckets, ObjectCalls objects, UploadCalls uploads, ResumableCalls resumable, CopyCalls copies, BatchCalls batch, XmlRouter xml, TokenCalls tokens, ControlCalls control)
{
    private const string Managed = "/v1/projects/-/serviceAccounts/";
    private const string Metadata = "/computeMetadata/v1";

    /// <exception cref="GcsError">404, 405: there is no such call.</exception>
    public GcsRoute Find(GcsRequest request)
    {
        var path = request.RawPath;
        if (After(path, "/storage/v1/") is { } json)
        {
            return FindJson(request, Decode(json));
        }

        if ((After(path, "/upload/storage/v1/") ?? After(path, "/resumable/upload/storage/v1/")) is { } upload)
        {
            return FindUpload(request, Decode(upload));
        }

        if (After(path, "/download/storage/v1/") is { } download && Decode(download) is ["b", var bucket, "o", var name])
        {
            return new GcsRoute("storage.objects.get", call => objects.GetAsync(call, bucket, name));
        }

        if (path is "/batch" or "/batch/storage/v1")
        {
            return new GcsRoute("storage.batch", Only(request, "POST", batch.RunAsync), IsOpen: true);
        }

        if (path == "/token")
        {
            return new GcsRoute("oauth2.token", Only(request, "POST", tokens.ExchangeAsync), IsOpen: true);
        }

        if (path.StartsWith(Managed, StringComparison.Ordinal) && path.EndsWith(":signBlob", StringComparison.Ordinal))
        {
            var email = GcsRequest.Decode(path[Managed.Length..^":signBlob".Length]);
            return new GcsRoute("iamcredentials.signBlob", Only(request, "POST", call => tokens.SignBlobAsync(call, email)));
        }

        if (path.StartsWith(Metadata, StringComparison.Ordinal))
        {
            return new GcsRoute("metadata.get", Only(request, "GET", call => tokens.MetadataAsync(call, path[(path.LastIndexOf('/') + 1)..])), IsOpen: true);
        }

        if (After(path, "/_emulator/") is { } controlled)
        {
            return new GcsRoute("emulator", call => control.RunAsync(call, controlled.Length == 0 ? [] : Decode(controlled)), IsOpen: true);
        }

        return xml.Find(request);
    }

    private GcsRoute FindJson(GcsRequest request, string[] path)
    {
        return (path, request.Method) switch
        {
            (["b"], "GET") => new("storage.buckets.list", buckets.ListAsync),
            (["b"], "POST") => new("storage.buckets.insert", buckets.InsertAsync),
            (["b", var b], "GET") => new("storage.buckets.get", call => buckets.GetAsync(call, b)),
            (["b", var b], "PATCH") => new("storage.buckets.patch", call => buckets.PatchAsync(call, b)),
            (["b", var b], "PUT") => new("storage.buckets.update", call => buckets.UpdateAsync(call, b)),
            (["b", var b], "DELETE") => new("storage.buckets.delete", call => buckets.DeleteAsync(call, b)),
            (["b", var b, "iam"], "GET") => new("storage.buckets.getIamPolicy", call => buckets.GetIamPolicyAsync(call, b)),
            (["b", var b, "iam", "testPermissions"], "GET") => new("storage.buckets.testIamPermissions", call => buckets.TestIamPermissionsAsync(call, b)),
            (["b", var b, "storageLayout"], "GET") => new("storage.buckets.getStorageLayout", call => buckets.GetStorageLayoutAsync(call, b)),
            (["b", var b, "managedFolders"], "GET") => new("storage.managedFolders.list", call => buckets.ListFoldersAsync(call, b, "storage#managedFolders")),
            (["b", var b, "folders"], "GET") => new("storage.folders.list", call => buckets.ListFoldersAsync(call, b, "storage#folders")),
            (["b", var b, "o"], "GET") => new("storage.objects.list", call => objects.ListAsync(call, b)),
            (["b", var b, "o", var o], "GET") => new("storage.objects.get", call => objects.GetAsync(call, b, o)),
            (["b", var b, "o", var o], "PATCH") => new("storage.objects.patch", call => objects.PatchAsync(call, b, o)),
            (["b", var b, "o", var o], "PUT") => new("storage.objects.update", call => objects.UpdateAsync(call, b, o)),
            (["b", var b, "o", var o], "DELETE") => new("storage.objects.delete", call => objects.DeleteAsync(call, b, o)),
            (["b", var b, "o", var o, "compose"], "POST") => new("storage.objects.compose", call => copies.ComposeAsync(call, b, o)),
            (["b", var b, "o", var o, "copyTo", "b", var db, "o", var d], "POST") => new("storage.objects.copy", call => copies.CopyAsync(call, b, o, db, d)),
            (["b", var b, "o", var o, "rewriteTo", "b", var db, "o", var d], "POST") => new("storage.objects.rewrite", call => copies.RewriteAsync(call, b, o, db, d)),
            _ => throw GcsError.NotFound(),
        };
    }

    private GcsRoute FindUpload(GcsRequest request, string[] path)
    {
        if (path is not ["b", var bucket, "o"])
        {
            throw GcsError.NotFound();
        }

        var insert = "storage.objects.insert";
        if (request.Parameter("upload_id") is { } id)
        {
            return request.Method switch
            {
                "PUT" or "POST" => new GcsRoute(insert, call => resumable.ContinueAsync(call, id), IsOpen: true),
                "DELETE" => new GcsRoute(insert, call => resumable.CancelAsync(call, id), IsOpen: true),
                _ => throw GcsError.MethodNotAllowed(),
            };
        }

        return (request.Method, request.Parameter("uploadType")) switch
        {
            ("POST", "media") => new GcsRoute(insert, call => uploads.MediaAsync(call, bucket)),
            ("POST", "multipart") => new GcsRoute(insert, call => uploads.RelatedAsync(call, bucket)),
            ("POST" or "PUT", "resumable") => new GcsRoute(insert, call => resumable.StartAsync(call, bucket)),
            ("POST", _) => throw GcsError.InvalidParameter("uploadType", "Invalid Upload Request"),
            _ => throw GcsError.MethodNotAllowed(),
        };
    }

    private static Func<GcsRequest, Task> Only(GcsRequest request, string method, Func<GcsRequest, Task> serve) => request.Method == method ? serve : throw GcsError.MethodNotAllowed();

    private static string? After(string path, string prefix) => path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : null;

    private static string[] Decode(string path) => [.. path.Split('/').Select(segment => GcsRequest.Decode(segment))];
}
