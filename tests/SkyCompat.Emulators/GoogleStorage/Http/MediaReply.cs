using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The answer that carries an object's data.</summary>
internal static class MediaReply
{
    /// <summary>Sends the data, or with HEAD only what describes it.</summary>
    /// <param name="request">Its header Range is honoured.</param>
    /// <param name="target">The object.</param>
    /// <param name="cutAfter">Break the connection after so many bytes of the body; null for never.</param>
    public static async Task WriteAsync(GcsRequest request, GcsObject target, long? cutAfter)
    {
        var response = request.Context.Response;
        SetHeaders(request, target);
        if (Gunzips(request, target))
        {
            await WriteGunzippedAsync(request, target);
            return;
        }

        var size = target.Content.Length;
        var range = ByteRange.Parse(request.Header("Range"), size);
        var (offset, length) = range ?? new ByteRange(0, size);
        response.StatusCode = range is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        response.ContentLength = length;
        if (range is not null)
        {
            response.Headers.ContentRange = $"bytes {offset}-{offset + length - 1}/{size}";
        }

        if (target.Fields.ContentEncoding is { } encoding)
        {
            response.Headers.ContentEncoding = encoding;
        }

        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        var cut = cutAfter < length;
        foreach (var memory in target.Content.Slice(offset, cut ? cutAfter!.Value : length))
        {
            await response.Body.WriteAsync(memory, request.Aborted);
        }

        if (cut)
        {
            await response.Body.FlushAsync(request.Aborted);
            request.Context.Abort();
        }
    }

    /// <summary>The XML API's tag: the MD5 where there is one, otherwise something opaque, in quotes.</summary>
    public static string XmlTag(GcsObject target) => target.Content.Md5 is { } md5 ? $"\"{Convert.ToHexStringLower(md5)}\"" : $"\"{target.ETag}\"";

    /// <summary>Decompressive transcoding: what is stored compressed is sent plain to a client that does not say it takes gzip.</summary>
    private static bool Gunzips(GcsRequest request, GcsObject target)
    {
        var accepts = request.Header("Accept-Encoding") is { } accepted && accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase);
        var forbidden = target.Fields.CacheControl is { } cacheControl && cacheControl.Contains("no-transform", StringComparison.OrdinalIgnoreCase);
        return string.Equals(target.Fields.ContentEncoding, "gzip", StringComparison.OrdinalIgnoreCase) && !accepts && !forbidden;
    }

    private static async Task WriteGunzippedAsync(GcsRequest request, GcsObject target)
    {
        // The length is not known, so the body is chunked, and a range is not honoured.
        var response = request.Context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers.Append("Warning", "214 UploadServer gunzipped");
        response.Headers.Append("X-GUploader-Response-Body-Transformations", "gunzipped");
        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        var pipe = new Pipe();
        var writing = FillAsync(pipe.Writer, target.Content);
        await using (var plain = new GZipStream(pipe.Reader.AsStream(), CompressionMode.Decompress))
        {
            try
            {
                await plain.CopyToAsync(response.Body, request.Aborted);
            }
            catch (InvalidDataException)
            {
                // What is stored is no gzip: the service, too, only finds out when the answer is under way.
                request.Context.Abort();
            }
        }

        await writing;
    }

    private static async Task FillAsync(PipeWriter writer, Content content)
    {
        foreach (var memory in content.Slice(0, content.Length))
        {
            if ((await writer.WriteAsync(memory)).IsCompleted)
            {
                break;
            }
        }

        await writer.CompleteAsync();
    }

    private static void SetHeaders(GcsRequest request, GcsObject target)
    {
        var headers = request.Context.Response.Headers;
        headers.ContentType = target.Fields.ContentType ?? "application/octet-stream";
        headers.CacheControl = target.Fields.CacheControl ?? "private, max-age=0";
        headers.ETag = request.IsXml ? XmlTag(target) : target.ETag;
        headers.LastModified = target.Updated.ToString("R");
        headers.AcceptRanges = "bytes";
        if (target.Fields.ContentDisposition is { } disposition)
        {
            headers.ContentDisposition = disposition;
        }

        if (target.Fields.ContentLanguage is { } language)
        {
            headers.ContentLanguage = language;
        }

        ObjectHeaders.Set(request, target);
        if (request.IsXml)
        {
            foreach (var (key, value) in target.Fields.Metadata)
            {
                headers.Append("x-goog-meta-" + key, value);
            }
        }

        foreach (var (name, value) in request.Overrides)
        {
            headers[name] = value;
        }
    }
}
