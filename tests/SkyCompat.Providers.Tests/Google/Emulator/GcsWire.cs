using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace SkyCompat.Providers.Tests.Google.Emulator;

/// <summary>Sends requests as they are written, and shows answers as they come: no redirects, no decompression, no tidied addresses.</summary>
public sealed class GcsWire(Uri endpoint) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseProxy = false });

    public Task<GcsReply> SendAsync(string method, string target, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, target, body is null ? null : Encoding.UTF8.GetBytes(body), headers);

    public async Task<GcsReply> SendAsync(string method, string target, byte[]? body, params (string Name, string Value)[] headers)
    {
        var address = new Uri(endpoint.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in headers)
        {
            if (!name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || request.Content is null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _client.SendAsync(request);
        return new GcsReply((int)response.StatusCode, response.Headers.NonValidated, response.Content.Headers.NonValidated, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Makes a bucket, and gives back its name.</summary>
    public async Task<string> NewBucketAsync(string more = "")
    {
        var name = "b-" + Guid.NewGuid().ToString("N")[..20];
        (await JsonAsync("POST", "/storage/v1/b?project=p", $$"""{"name":"{{name}}"{{more}}}""")).Status.ShouldBe(200);
        return name;
    }

    /// <summary>An upload of the type media.</summary>
    public Task<GcsReply> PutAsync(string bucket, string name, string data, string query = "") =>
        SendAsync("POST", $"/upload/storage/v1/b/{bucket}/o?uploadType=media&name={Uri.EscapeDataString(name)}{query}", data, ("Content-Type", "text/plain"));

    public Task<GcsReply> JsonAsync(string method, string target, string body = "") => SendAsync(method, target, body, ("Content-Type", "application/json"));

    public void Dispose() => _client.Dispose();
}

/// <summary>An answer.</summary>
public sealed class GcsReply(int status, HttpHeadersNonValidated headers, HttpHeadersNonValidated contentHeaders, byte[] bytes)
{
    private readonly Dictionary<string, string> _headers = headers.Concat(contentHeaders).ToDictionary(pair => pair.Key, pair => string.Join(',', pair.Value), StringComparer.OrdinalIgnoreCase);

    public int Status { get; } = status;

    public byte[] Bytes { get; } = bytes;

    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    /// <summary>A field of the document, as text.</summary>
    public string? this[string field] => Json[field]?.ToString();

    /// <summary>The reason of a JSON error.</summary>
    public string? Reason => Json["error"]?["errors"]?[0]?["reason"]?.ToString();

    /// <summary>The values in one line, null without such a header.</summary>
    public string? Header(string name) => _headers.GetValueOrDefault(name);
}
