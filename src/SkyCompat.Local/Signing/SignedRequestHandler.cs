using System.Collections.ObjectModel;
using System.Globalization;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Serves signed requests of a local store: GET and HEAD (with ranges), PUT and DELETE. Found with <see cref="ICloudResource.GetService"/> on the cloud's storage.</summary>
/// <remarks>
/// The store serves them itself on 127.0.0.1. To serve them from a web application, set <see cref="LocalOptions.PublicBaseUrl"/> and map the handler there; in ASP.NET Core:
/// <code>
/// var handler = (SignedRequestHandler)app.Services.GetRequiredService&lt;ISky&gt;().GetCloud("home").Storage.GetService(typeof(SignedRequestHandler))!;
/// app.Map("/signed", async (HttpContext http, CancellationToken stop) =>
/// {
///     var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString());
///     var query = http.Request.QueryString.Value ?? "";
///     await using var reply = await handler.HandleAsync(new(http.Request.Method, query, headers, http.Request.Body), stop);
///     http.Response.StatusCode = reply.StatusCode;
///     foreach (var (name, value) in reply.Headers) { http.Response.Headers[name] = value; }
///     await reply.Body.CopyToAsync(http.Response.Body, stop);
/// });
/// </code>
/// An unsigned, changed or expired request is answered 403 and nothing is said about the object. Safe for use by many threads.
/// </remarks>
public sealed class SignedRequestHandler
{
    private static readonly ReadOnlyDictionary<string, string> NoContent = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Length"] = "0" }.AsReadOnly();
    private readonly Func<CancellationToken, ValueTask<RequestSigner>> _signer;
    private readonly StorageDriver _storage;
    private readonly TimeProvider _time;

    internal SignedRequestHandler(StorageDriver storage, Func<CancellationToken, ValueTask<RequestSigner>> signer, TimeProvider time)
    {
        _storage = storage;
        _signer = signer;
        _time = time;
    }

    /// <summary>Serves one request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops it; a PUT that is stopped leaves what was there.</param>
    /// <returns>The reply. Failures of the store are replies too: 404, 412, 416, 507, 503…</returns>
    public async Task<SignedHttpResponse> HandleAsync(SignedHttpRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var signer = await _signer(cancellationToken).ConfigureAwait(false);
            if (signer.Read(request.Method, request.Query) is not { } terms || terms.Expires <= _time.GetUtcNow().ToUnixTimeMilliseconds())
            {
                return Refused();
            }

            var bucket = _storage.OpenBucket(terms.Bucket);
            return request.Method switch
            {
                "GET" => await GetAsync(bucket, terms, request, cancellationToken).ConfigureAwait(false),
                "HEAD" => await HeadAsync(bucket, terms, cancellationToken).ConfigureAwait(false),
                "PUT" when terms.ContentType is null || terms.ContentType == request.Header("Content-Type") =>
                    await PutAsync(bucket, terms, request, cancellationToken).ConfigureAwait(false),
                "DELETE" => await DeleteAsync(bucket, terms, cancellationToken).ConfigureAwait(false),
                _ => Refused(),
            };
        }
        catch (CloudException exception)
        {
            return new SignedHttpResponse(StatusOf(exception), NoContent);
        }
    }

    private static SignedHttpResponse Refused() => new(403, NoContent);

    private static int StatusOf(CloudException exception) => exception.Code switch
    {
        CloudErrorCode.NotFound => 404,
        CloudErrorCode.Conflict => 409,
        CloudErrorCode.PreconditionFailed => 412,
        CloudErrorCode.InvalidArgument when exception.Reason == ObjectStorageErrorReasons.RangeNotSatisfiable => 416,
        CloudErrorCode.InvalidArgument when exception.Reason == ObjectStorageErrorReasons.TooLarge => 413,
        CloudErrorCode.InvalidArgument => 400,
        CloudErrorCode.PermissionDenied => 403,
        CloudErrorCode.QuotaExceeded => 507,
        CloudErrorCode.Unavailable or CloudErrorCode.Timeout => 503,
        _ => 500,
    };

    private static async Task<SignedHttpResponse> GetAsync(BucketDriver bucket, SignedTerms terms, SignedHttpRequest request, CancellationToken cancellationToken)
    {
        var range = RangeHeader.Parse(request.Header("Range"));
        var content = await bucket.GetAsync(terms.Key, new GetOptions { Range = range, VersionId = terms.VersionId }, cancellationToken).ConfigureAwait(false);
        var headers = Describe(content.Info, terms, content.Length);
        if (range is null)
        {
            return new SignedHttpResponse(200, headers, content.AsStream());
        }

        headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {content.Offset}-{content.Offset + content.Length - 1}/{content.Info.Size}");
        return new SignedHttpResponse(206, headers, content.AsStream());
    }

    private static async Task<SignedHttpResponse> HeadAsync(BucketDriver bucket, SignedTerms terms, CancellationToken cancellationToken)
    {
        var info = await bucket.TryGetInfoAsync(terms.Key, new GetInfoOptions { VersionId = terms.VersionId }, cancellationToken).ConfigureAwait(false);
        return info is null ? new SignedHttpResponse(404, NoContent) : new SignedHttpResponse(200, Describe(info, terms, info.Size));
    }

    private static async Task<SignedHttpResponse> PutAsync(BucketDriver bucket, SignedTerms terms, SignedHttpRequest request, CancellationToken cancellationToken)
    {
        var options = new PutOptions
        {
            Headers = new ContentHeaders
            {
                ContentType = request.Header("Content-Type") ?? ContentHeaders.DefaultContentType,
                CacheControl = request.Header("Cache-Control"),
                ContentDisposition = request.Header("Content-Disposition"),
                ContentEncoding = request.Header("Content-Encoding"),
                ContentLanguage = request.Header("Content-Language"),
            },
        };
        long? length = long.TryParse(request.Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : null;
        var result = await StreamedPut.RunAsync(bucket, terms.Key, request.Body, length, options, cancellationToken).ConfigureAwait(false);
        return new SignedHttpResponse(200, new Dictionary<string, string>(NoContent, StringComparer.Ordinal) { ["ETag"] = Quote(result.Tag) });
    }

    private static async Task<SignedHttpResponse> DeleteAsync(BucketDriver bucket, SignedTerms terms, CancellationToken cancellationToken)
    {
        await bucket.DeleteAsync(terms.Key, new DeleteOptions { VersionId = terms.VersionId }, cancellationToken).ConfigureAwait(false);
        return new SignedHttpResponse(204, ReadOnlyDictionary<string, string>.Empty);
    }

    private static Dictionary<string, string> Describe(ObjectInfo info, SignedTerms terms, long length)
    {
        var wanted = terms.ResponseHeaders ?? ContentHeaders.Default;
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Accept-Ranges"] = "bytes",
            ["Content-Length"] = length.ToString(CultureInfo.InvariantCulture),
            ["Content-Type"] = wanted.ContentType == ContentHeaders.DefaultContentType ? info.Headers.ContentType : wanted.ContentType,
            ["ETag"] = Quote(info.Tag),
            ["Last-Modified"] = info.LastModified.ToString("R", CultureInfo.InvariantCulture),
        };
        Add("Cache-Control", wanted.CacheControl ?? info.Headers.CacheControl);
        Add("Content-Disposition", wanted.ContentDisposition ?? info.Headers.ContentDisposition);
        Add("Content-Encoding", wanted.ContentEncoding ?? info.Headers.ContentEncoding);
        Add("Content-Language", wanted.ContentLanguage ?? info.Headers.ContentLanguage);
        return headers;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                headers.Add(name, value);
            }
        }
    }

    private static string Quote(VersionTag tag) => $"\"{tag}\"";
}
