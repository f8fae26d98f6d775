using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>A request: what is asked of the project, with query and body.</summary>
internal sealed class GceCall(HttpContext context, string[] path, byte[] body)
{
    public string Method => context.Request.Method;

    /// <summary>The segments after the project.</summary>
    public string[] Path { get; } = path;

    public string? Query(string name) => context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public int Number(string name, int otherwise, int most)
    {
        if (Query(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw GceError.Invalid(name, text, $"Must be less than or equal to {most}");
    }

    /// <summary>The resource that is sent. Clients send the empty string where a call has no body.</summary>
    public JsonObject Body()
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw new GceError(400, "required", "Required field 'resource' not specified");
        }
        catch (JsonException)
        {
            throw new GceError(400, "parseError", "Parse Error");
        }
    }

    /// <summary>The id of the request, if it has one; it must be a UUID and not zero.</summary>
    public string? RequestId() => Query("requestId") is not { } id ? null
        : Guid.TryParseExact(id, "D", out var parsed) && parsed != Guid.Empty ? id
        : throw GceError.Invalid("requestId", id, "Must be a valid, non-zero UUID.");
}
