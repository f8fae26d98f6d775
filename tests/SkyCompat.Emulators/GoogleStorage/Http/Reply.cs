using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The answers that are documents.</summary>
internal static class Reply
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly XNamespace XmlNamespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly Dictionary<string, string> XmlSentences = new(StringComparer.Ordinal)
    {
        ["AccessDenied"] = "Access denied.",
        ["AuthenticationRequired"] = "Authentication required.",
        ["BadDigest"] = "The hash you specified in Content-MD5 or x-goog-hash did not match what we computed.",
        ["InternalError"] = "We encountered an internal error. Please try again.",
        ["InvalidArgument"] = "Invalid argument.",
        ["InvalidDigest"] = "The Content-MD5 or x-goog-hash you specified was invalid.",
        ["InvalidRange"] = "The requested range cannot be satisfied.",
        ["NoSuchKey"] = "The specified key does not exist.",
        ["ServiceUnavailable"] = "Service is unavailable. Please retry.",
        ["SlowDown"] = "Please reduce your request rate.",
    };

    /// <summary>A resource, or what is left of it by the parameter <c>fields</c>.</summary>
    public static Task JsonAsync(GcsRequest request, JsonObject body, int status = StatusCodes.Status200OK)
    {
        if (request.Parameter("fields") is { } fields)
        {
            body = (JsonObject)FieldMask.Parse(fields).Apply(body)!;
        }

        return DocumentAsync(request, status, "application/json; charset=UTF-8", body);
    }

    public static Task EmptyAsync(GcsRequest request, int status)
    {
        request.Context.Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent)
        {
            request.Context.Response.ContentLength = 0;
        }

        return Task.CompletedTask;
    }

    /// <summary>A document of the XML API; its elements get the namespace that S3 clients expect.</summary>
    public static Task XmlAsync(GcsRequest request, XElement body, int status = StatusCodes.Status200OK)
    {
        foreach (var element in body.DescendantsAndSelf())
        {
            element.Name = XmlNamespace + element.Name.LocalName;
        }

        // As text, without which Google's own client takes the body for a blob and cannot read it.
        return WriteAsync(request, status, "text/xml; charset=UTF-8", XmlBytes(body));
    }

    /// <summary>The error in the shape of the API that was asked.</summary>
    public static Task ErrorAsync(GcsRequest request, GcsError error)
    {
        var response = request.Context.Response;
        foreach (var (name, value) in error.Headers)
        {
            response.Headers.Append(name, value);
        }

        if (error.Status is StatusCodes.Status304NotModified or StatusCodes.Status308PermanentRedirect or 499)
        {
            return EmptyAsync(request, error.Status);
        }

        if (request.IsXml)
        {
            // The XML API has one sentence for each code; what is particular stands in the details.
            var sentence = XmlSentences.GetValueOrDefault(error.XmlCode) ?? error.Message;
            var details = error.Details ?? (sentence == error.Message ? null : error.Message);
            var document = new XElement("Error", new XElement("Code", error.XmlCode), new XElement("Message", sentence));
            document.Add(error.Elements.Select(pair => new XElement(pair.Key, pair.Value)), details is null ? null : new XElement("Details", details));
            return WriteAsync(request, error.Status, "application/xml; charset=UTF-8", XmlBytes(document));
        }

        if (error.PlainText || request.Parameter("alt") == "media")
        {
            return WriteAsync(request, error.Status, "text/html; charset=UTF-8", Encoding.UTF8.GetBytes(error.Message));
        }

        var item = new JsonObject { ["message"] = error.Message, ["domain"] = "global", ["reason"] = error.Reason };
        if (error.Location is not null)
        {
            item["locationType"] = error.LocationType;
            item["location"] = error.Location;
        }

        return DocumentAsync(request, error.Status, "application/json; charset=UTF-8", new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = error.Status, ["message"] = error.Message, ["errors"] = new JsonArray(item) },
        });
    }

    private static byte[] XmlBytes(XElement body)
    {
        // Names of objects may hold characters that XML 1.0 has no way to write; they go out as references all the same.
        var text = new StringBuilder("<?xml version='1.0' encoding='UTF-8'?>");
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, CheckCharacters = false }))
        {
            body.WriteTo(writer);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Task DocumentAsync(GcsRequest request, int status, string contentType, JsonObject body) =>
        WriteAsync(request, status, contentType, JsonSerializer.SerializeToUtf8Bytes<JsonNode>(body, Readable));

    private static async Task WriteAsync(GcsRequest request, int status, string contentType, byte[] body)
    {
        var response = request.Context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-cache, no-store, max-age=0, must-revalidate";
        if (!HttpMethods.IsHead(request.Method))
        {
            await response.Body.WriteAsync(body, request.Aborted);
        }
    }
}
