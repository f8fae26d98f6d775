using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>A request as the service sees it: the path as it was sent, since "%2F" within an object's name is no separator.</summary>
internal sealed class GcsRequest
{
    private const int MaxJsonBytes = 16 << 20;
    private readonly Dictionary<string, string> _query = new(StringComparer.Ordinal);

    public GcsRequest(HttpContext context)
    {
        Context = context;
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (!target.StartsWith('/') && Uri.TryCreate(target, UriKind.Absolute, out var absolute))
        {
            target = absolute.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped);
        }

        var question = target.IndexOf('?', StringComparison.Ordinal);
        RawPath = question < 0 ? target : target[..question];
        RawQuery = question < 0 ? "" : target[(question + 1)..];
        foreach (var pair in RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            _query.TryAdd(Decode(equals < 0 ? pair : pair[..equals], plusIsBlank: true), equals < 0 ? "" : Decode(pair[(equals + 1)..], plusIsBlank: true));
        }

        // For clients whose network lets only GET and POST through.
        Method = context.Request.Method == "POST" && Header("X-HTTP-Method-Override") is { } real ? real.ToUpperInvariant() : context.Request.Method;
    }

    public HttpContext Context { get; }

    public string Method { get; }

    /// <summary>Percent-encoded, with its leading slash.</summary>
    public string RawPath { get; }

    /// <summary>Percent-encoded, without the question mark.</summary>
    public string RawQuery { get; }

    public IReadOnlyDictionary<string, string> Query => _query;

    /// <summary>What the caller proved to be, for example a service account's address; null for nobody.</summary>
    public string? Caller { get; set; }

    /// <summary>The service's own name for the call, for example <c>storage.objects.get</c>.</summary>
    public string Operation { get; set; } = "";

    /// <summary>Whether the answer is XML.</summary>
    public bool IsXml { get; set; }

    /// <summary>What is to go wrong with it.</summary>
    public GcsFault? Fault { get; set; }

    /// <summary>Headers that the answer with an object's data has instead of the object's own.</summary>
    public Dictionary<string, string> Overrides { get; } = new(StringComparer.Ordinal);

    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>Where the service answers, for links: <c>http://127.0.0.1:4443</c>.</summary>
    public string Origin => $"{Context.Request.Scheme}://{Context.Request.Host}";

    public static string Decode(string text, bool plusIsBlank = false)
    {
        try
        {
            return Uri.UnescapeDataString(plusIsBlank ? text.Replace('+', ' ') : text);
        }
        catch (UriFormatException)
        {
            throw GcsError.Invalid("The request's URL is malformed.");
        }
    }

    public string? Header(string name) => Context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    public string? Parameter(string name) => _query.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public long? Integer(string name)
    {
        if (Parameter(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw GcsError.InvalidParameter(name, $"Invalid value '{text}'. Values must match the following regular expression: '-?\\d+'");
    }

    public bool Boolean(string name) => Parameter(name) switch
    {
        null => false,
        { } text when string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) => true,
        { } text when string.Equals(text, "false", StringComparison.OrdinalIgnoreCase) => false,
        { } text => throw GcsError.InvalidParameter(name, $"Invalid value '{text}'. Values must be true or false."),
    };

    /// <summary>The whole body.</summary>
    public async Task<byte[]> ReadBytesAsync(int limit = MaxJsonBytes)
    {
        var reader = Context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(Aborted);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw new GcsError(413, "uploadTooLarge", "The request body is too large.", "EntityTooLarge");
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The body as an object, empty if there is none.</summary>
    public async Task<JsonObject> ReadJsonAsync() => ParseJson(await ReadBytesAsync());

    public static JsonObject ParseJson(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Trim(" \t\r\n"u8).IsEmpty)
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(bytes) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new GcsError(400, "parseError", "Parse Error");
        }
    }
}
