using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>A request, taken apart.</summary>
internal sealed class ArmCall
{
    private JsonObject? _body;

    private ArmCall(HttpContext http, string target, byte[] bytes)
    {
        Http = http;
        Target = target;
        Bytes = bytes;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        Path = Uri.UnescapeDataString(question < 0 ? target : target[..question]).TrimEnd('/');
        foreach (var pair in question < 0 ? [] : target[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            Query[Decode(at < 0 ? pair : pair[..at])] = at < 0 ? "" : Decode(pair[(at + 1)..]);
        }

        // /subscriptions/S/resourceGroups/G/providers/P/type/name/…
        Parts = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Group = Parts.Length > 3 && Parts[2].Equals("resourceGroups", StringComparison.OrdinalIgnoreCase) ? Parts[3] : null;
    }

    public HttpContext Http { get; }

    public string Target { get; }

    public string Path { get; }

    public string[] Parts { get; }

    /// <summary>The resource group; null for what is outside of any.</summary>
    public string? Group { get; }

    public byte[] Bytes { get; }

    public Dictionary<string, string> Query { get; } = new(StringComparer.Ordinal);

    public ArmFault? Fault { get; set; }

    public string Method => Http.Request.Method;

    public string Origin => $"{Http.Request.Scheme}://{Http.Request.Host}";

    /// <summary>The document that was sent.</summary>
    public JsonObject Body => _body ??= ParseBody();

    public static async Task<ArmCall> ReadAsync(HttpContext http)
    {
        using var copy = new MemoryStream();
        await http.Request.Body.CopyToAsync(copy, http.RequestAborted);
        return new ArmCall(http, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, copy.ToArray());
    }

    public string? Header(string name) => Http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    public string BodyText => Encoding.UTF8.GetString(Bytes);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private JsonObject ParseBody()
    {
        try
        {
            return JsonNode.Parse(Bytes) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new ArmErrorException(400, "InvalidRequestContent", "The request content was invalid and could not be deserialized.");
        }
    }
}
