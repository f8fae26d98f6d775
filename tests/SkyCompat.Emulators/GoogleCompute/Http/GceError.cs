using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>A refusal.</summary>
internal sealed class GceError(int status, string reason, string message, string domain = "global") : Exception(message)
{
    public int Status { get; } = status;

    public JsonObject Body => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = Status,
            ["message"] = Message,
            ["errors"] = new JsonArray(new JsonObject { ["message"] = Message, ["domain"] = domain, ["reason"] = reason }),
            ["status"] = Status switch
            {
                400 => "INVALID_ARGUMENT",
                401 => "UNAUTHENTICATED",
                403 => "PERMISSION_DENIED",
                404 => "NOT_FOUND",
                409 => "ALREADY_EXISTS",
                412 => "FAILED_PRECONDITION",
                429 => "RESOURCE_EXHAUSTED",
                503 => "UNAVAILABLE",
                _ => "UNKNOWN",
            },
        },
    };

    public static GceError NotFound(string resource) => new(404, "notFound", $"The resource '{resource}' was not found");

    public static GceError AlreadyExists(string resource) => new(409, "alreadyExists", $"The resource '{resource}' already exists");

    public static GceError Invalid(string field, string? value, string why) => new(400, "invalid", $"Invalid value for field '{field}': '{value}'. {why}");

    public static GceError NotReady(string resource) => new(400, "resourceNotReady", $"The resource '{resource}' is not ready");

    public static GceError InUse(string resource, string user) =>
        new(400, "resourceInUseByAnotherResource", $"The resource '{resource}' is already being used by '{user}'");

    public static GceError Unauthorized() => new(
        401,
        "authError",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.");
}
