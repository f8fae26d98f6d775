namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The XML API: everything that is not of another, by the path <c>/bucket/object</c> or the host <c>bucket.storage.googleapis.com</c>.</summary>
internal sealed class XmlRouter(XmlObjectCalls objects, XmlMultipartCalls multipart, ResumableCalls resumable)
{
    private const string VirtualHost = ".storage.googleapis.com";

    public GcsRoute Find(GcsRequest request)
    {
        request.IsXml = true;
        var host = request.Context.Request.Host.Host;
        var path = host.EndsWith(VirtualHost, StringComparison.OrdinalIgnoreCase) ? $"{host[..^VirtualHost.Length]}{request.RawPath}" : request.RawPath[1..];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var bucket = GcsRequest.Decode(slash < 0 ? path : path[..slash]);
        var name = slash < 0 ? "" : GcsRequest.Decode(path[(slash + 1)..]);
        if (bucket.Length == 0)
        {
            throw GcsError.NotImplemented("listing buckets by the XML API");
        }

        return (name.Length == 0 ? FindBucket(request, bucket) : FindObject(request, bucket, name)) with { IsXml = true };
    }

    private GcsRoute FindBucket(GcsRequest request, string bucket) => (request.Method, request.Query.ContainsKey("uploads")) switch
    {
        ("GET", true) => new GcsRoute("xml.listMultipartUploads", call => multipart.ListUploadsAsync(call, bucket)),
        _ => NotServed("this call on a bucket by the XML API"),
    };

    private GcsRoute FindObject(GcsRequest request, string bucket, string name)
    {
        var inUpload = request.Query.ContainsKey("uploadId");
        return request.Method switch
        {
            "GET" when inUpload => new GcsRoute("xml.listParts", call => multipart.ListPartsAsync(call, bucket, name)),
            "PUT" when inUpload => new GcsRoute("xml.uploadPart", call => multipart.PutPartAsync(call, bucket, name)),
            "POST" when inUpload => new GcsRoute("xml.completeMultipartUpload", call => multipart.CompleteAsync(call, bucket, name)),
            "DELETE" when inUpload => new GcsRoute("xml.abortMultipartUpload", call => multipart.AbortAsync(call, bucket, name)),
            "POST" when request.Query.ContainsKey("uploads") => new GcsRoute("xml.initiateMultipartUpload", call => multipart.InitiateAsync(call, bucket, name)),
            "PUT" when request.Parameter("upload_id") is { } id => new GcsRoute("xml.putObject", call => resumable.ContinueAsync(call, id), IsOpen: true),
            "DELETE" when request.Parameter("upload_id") is { } id => new GcsRoute("xml.putObject", call => resumable.CancelAsync(call, id), IsOpen: true),
            "POST" when request.Header("x-goog-resumable") == "start" => new GcsRoute("xml.putObject", call => objects.StartResumableAsync(call, bucket, name)),
            "GET" => new GcsRoute("xml.getObject", call => objects.GetAsync(call, bucket, name)),
            "HEAD" => new GcsRoute("xml.headObject", call => objects.GetAsync(call, bucket, name)),
            "PUT" => new GcsRoute("xml.putObject", call => objects.PutAsync(call, bucket, name)),
            "DELETE" => new GcsRoute("xml.deleteObject", call => objects.DeleteAsync(call, bucket, name)),
            "POST" => NotServed("POST Object by the XML API"),
            _ => throw GcsError.MethodNotAllowed(),
        };
    }

    /// <summary>Even for these it is looked at who calls.</summary>
    private static GcsRoute NotServed(string what) => new("xml.other", _ => throw GcsError.NotImplemented(what));
}
