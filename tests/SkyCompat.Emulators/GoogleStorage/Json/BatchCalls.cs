using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>Up to 100 calls in one request of the type multipart/mixed, each answered by itself.</summary>
internal sealed class BatchCalls(Func<HttpContext, Task> serve)
{
    private const int MaxCalls = 100;

    public async Task RunAsync(GcsRequest request)
    {
        if (request.Context.Request.ContentType?.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new GcsError(400, "badContent", "Missing end boundary in multipart body.");
        }

        var body = Encoding.Latin1.GetString(await request.ReadBytesAsync()).Replace("\r\n", "\n", StringComparison.Ordinal);
        var parts = ("\n" + body).Split("\n--" + RelatedBody.Boundary(request.Context.Request.ContentType));
        if (parts.Length < 3 || !parts[^1].StartsWith("--", StringComparison.Ordinal))
        {
            throw new GcsError(400, "badContent", "Missing end boundary in multipart body.");
        }

        var calls = parts[1..^1];
        if (calls.Length > MaxCalls)
        {
            throw new GcsError(400, "badRequest", $"The batch request exceeds the limit of {MaxCalls} calls.");
        }

        var boundary = "batch_" + Guid.NewGuid().ToString("N");
        var reply = new StringBuilder();
        foreach (var call in calls)
        {
            reply.Append("--").Append(boundary).Append("\r\n").Append(await AnswerAsync(request, call)).Append("\r\n");
        }

        reply.Append("--").Append(boundary).Append("--\r\n");
        var bytes = Encoding.Latin1.GetBytes(reply.ToString());
        var response = request.Context.Response;
        response.ContentType = "multipart/mixed; boundary=" + boundary;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, request.Aborted);
    }

    private async Task<string> AnswerAsync(GcsRequest outer, string part)
    {
        // A part: its headers, an empty line, the call's request line and headers, an empty line, the call's body.
        var outerHead = part.IndexOf("\n\n", StringComparison.Ordinal);
        var call = outerHead < 0 ? "" : part[(outerHead + 2)..];
        var innerHead = call.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = (innerHead < 0 ? call : call[..innerHead]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var words = lines.Length > 0 ? lines[0].Split(' ') : [];
        if (words.Length < 2)
        {
            throw new GcsError(400, "badContent", "Failed to parse a part of the batch.");
        }

        using var answer = new MemoryStream();
        var context = NewContext(outer, words, lines[1..], innerHead < 0 ? "" : call[(innerHead + 2)..].TrimEnd('\n'), answer);
        await serve(context);
        var text = new StringBuilder("Content-Type: application/http\r\n");
        if (Header(part[..Math.Max(0, outerHead)].Split('\n'), "Content-ID") is { } id)
        {
            text.Append("Content-ID: ").Append(id.StartsWith('<') ? "<response-" + id[1..] : "response-" + id).Append("\r\n");
        }

        text.Append("\r\nHTTP/1.1 ").Append(context.Response.StatusCode.ToString(CultureInfo.InvariantCulture)).Append(' ')
            .Append(Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(context.Response.StatusCode)).Append("\r\n");
        foreach (var (name, value) in context.Response.Headers)
        {
            text.Append(name).Append(": ").Append(value.ToString()).Append("\r\n");
        }

        return text.Append("\r\n").Append(Encoding.Latin1.GetString(answer.ToArray())).ToString();
    }

    private static DefaultHttpContext NewContext(GcsRequest outer, string[] words, string[] headers, string body, MemoryStream answer)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = words[0],
            RawTarget = words[1],
            Scheme = outer.Context.Request.Scheme,
            Body = new MemoryStream(Encoding.Latin1.GetBytes(body)),
        });
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        context.Request.Host = outer.Context.Request.Host;
        context.RequestAborted = outer.Aborted;
        foreach (var line in headers)
        {
            var pair = line.Split(':', 2, StringSplitOptions.TrimEntries);
            if (pair.Length == 2 && !pair[0].Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                context.Request.Headers[pair[0]] = pair[1];
            }
        }

        // The outer authorization holds for calls that bring none.
        if (!context.Request.Headers.ContainsKey("Authorization") && outer.Header("Authorization") is { } authorization)
        {
            context.Request.Headers.Authorization = authorization;
        }

        return context;
    }

    private static string? Header(IEnumerable<string> lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
