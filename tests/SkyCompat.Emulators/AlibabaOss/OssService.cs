using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>Takes requests: verifies who asks, finds the operation, and writes what went wrong as OSS does.</summary>
internal sealed class OssService(OssEmulatorOptions options, OssFaults faults)
{
    private readonly ConcurrentDictionary<string, OssBucket> _buckets = new(StringComparer.Ordinal);
    private readonly OssSignature _signature = new(options.Region);
    private readonly OssBucketCalls _bucketCalls = new(options.Region);

    public async Task ServeAsync(HttpContext context)
    {
        var call = new OssCall(context, options) { Now = options.Time.GetUtcNow() + faults.ClockOffset };
        context.Response.Headers.Server = "AliyunOSS";
        context.Response.Headers.Date = OssText.Date(call.Now);
        context.Response.Headers["x-oss-request-id"] = call.RequestId;
        context.Response.Headers["x-oss-server-time"] = "1";
        call.Fault = faults.Take(call.Method, call.Target);
        try
        {
            await ServeAsync(call);
        }
        catch (OssErrorException error)
        {
            await call.ReplyErrorAsync(error);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or BadHttpRequestException)
        {
            // Whoever asked is gone.
            context.Abort();
        }

        if (call.Fault?.Kind == OssFaultKind.DropReply)
        {
            context.Abort();
        }
    }

    private async Task ServeAsync(OssCall call)
    {
        var fault = call.Fault;
        switch (fault?.Kind)
        {
            case OssFaultKind.DropRequest:
                call.Http.Abort();
                return;
            case OssFaultKind.ProxyPage:
                call.Reply.Headers.Remove("x-oss-request-id");
                call.Reply.StatusCode = fault.Status;
                call.Reply.ContentType = "text/html";
                await call.Reply.WriteAsync($"<html><head><title>{fault.Status}</title></head><body>Not the store</body></html>");
                return;
            case OssFaultKind.Refuse:
                throw new OssErrorException(fault.Status, fault.Code, "Refused on purpose.");
            case OssFaultKind.RefuseIn200:
                await call.ReplyErrorAsync(new OssErrorException(200, fault.Code, "Refused on purpose."));
                return;
            case OssFaultKind.DropReply:
                // What the reply says goes nowhere.
                call.Reply.Body = Stream.Null;
                break;
        }

        call.Account = _signature.Verify(call);
        if (fault?.Before is { } before)
        {
            await before();
        }

        if (call.Bucket.Length == 0)
        {
            await _bucketCalls.ListBucketsAsync(call, _buckets.Values);
        }
        else if (call.Key.Length == 0)
        {
            await ServeBucketAsync(call);
        }
        else
        {
            call.CheckKey();
            await ServeObjectAsync(call, Open(call));
        }
    }

    private async Task ServeBucketAsync(OssCall call)
    {
        switch (call.Method)
        {
            case "PUT" when !call.Has("versioning"):
                OssBucketCalls.Create(call, _buckets);
                return;
            case "DELETE":
                OssBucketCalls.Delete(call, Open(call), _buckets);
                return;
        }

        var bucket = Open(call);
        await ((call.Method, FirstOf(call, "versioning", "bucketInfo", "location", "uploads", "versions", "delete")) switch
        {
            ("GET", "versioning") => OssBucketCalls.GetVersioningAsync(call, bucket),
            ("PUT", "versioning") => OssBucketCalls.SetVersioningAsync(call, bucket),
            ("GET", "bucketInfo") => _bucketCalls.GetInfoAsync(call, bucket),
            ("GET", "location") => _bucketCalls.GetLocationAsync(call),
            ("GET", "uploads") => OssMultipartCalls.ListUploadsAsync(call, bucket),
            ("GET", "versions") => OssListCalls.ListVersionsAsync(call, bucket),
            ("POST", "delete") => OssObjectCalls.DeleteManyAsync(call, bucket),
            ("GET", null) => OssListCalls.ListObjectsAsync(call, bucket),
            _ => throw new OssErrorException(405, "MethodNotAllowed", "The specified method is not allowed against this resource."),
        });
    }

    private Task ServeObjectAsync(OssCall call, OssBucket bucket) => (call.Method, FirstOf(call, "uploads", "uploadId", "tagging", "restore", "objectMeta")) switch
    {
        ("POST", "uploads") => OssMultipartCalls.InitiateAsync(call, bucket),
        ("PUT", "uploadId") => call.Header("x-oss-copy-source") is null ? OssMultipartCalls.PutPartAsync(call, bucket) : OssMultipartCalls.CopyPartAsync(call, bucket, _buckets),
        ("GET", "uploadId") => OssMultipartCalls.ListPartsAsync(call, bucket),
        ("POST", "uploadId") => OssMultipartCalls.CompleteAsync(call, bucket),
        ("DELETE", "uploadId") => OssMultipartCalls.AbortAsync(call, bucket),
        ("GET", "tagging") => OssObjectCalls.GetTagsAsync(call, bucket),
        ("PUT", "tagging") => OssObjectCalls.PutTagsAsync(call, bucket),
        ("DELETE", "tagging") => OssObjectCalls.DeleteTagsAsync(call, bucket),
        ("POST", "restore") => OssObjectCalls.RestoreAsync(call, bucket),
        ("GET", null) or ("HEAD", null) or ("HEAD", "objectMeta") => OssObjectCalls.GetAsync(call, bucket),
        ("PUT", null) => call.Header("x-oss-copy-source") is null ? OssObjectCalls.PutAsync(call, bucket) : OssObjectCalls.CopyAsync(call, bucket, _buckets),
        ("DELETE", null) => OssObjectCalls.DeleteAsync(call, bucket),
        _ => throw new OssErrorException(405, "MethodNotAllowed", "The specified method is not allowed against this resource."),
    };

    private static string? FirstOf(OssCall call, params string[] names) => names.FirstOrDefault(call.Has);

    private OssBucket Open(OssCall call) => OssObjectCalls.Open(call, call.Bucket, _buckets);
}
