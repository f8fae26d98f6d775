using System.Globalization;
using System.Security.Authentication;
using System.Text.Json;
using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>What an API server's answers mean.</summary>
internal static class KubernetesErrors
{
    private const int MaxBodyCharacters = 65_536;
    private const int MaxForeignCharacters = 300;

    /// <summary>The error of a request that got no reply.</summary>
    public static CloudException OfTransport(Exception exception, string authority, bool isWrite)
    {
        if (exception.InnerException is AuthenticationException)
        {
            return new CloudException(
                CloudErrorCode.Unauthenticated,
                $"{authority} is not the cluster's API server, as far as its certificate says: {exception.InnerException?.Message ?? exception.Message} Check that the certificate authority of the cluster's kubeconfig or configuration is its current one, and that the certificate names this host.",
                exception)
            {
                Reason = WorkloadErrorReasons.UntrustedServer,
                Scope = ErrorScope.Cloud,
            };
        }

        if ((exception as HttpRequestException)?.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            // A server that goes away, or a way that breaks, in the middle of the handshake is no other server.
            return new CloudException(CloudErrorCode.Unavailable, $"The connection to {authority} broke while it was made.", exception) { Scope = ErrorScope.Cloud };
        }

        return TransportErrors.Create(exception, authority, "the server of the kubeconfig, or of the cluster", isWrite);
    }

    /// <summary>The error of a reply that is none of success.</summary>
    public static async Task<CloudException> OfReplyAsync(HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        var text = "";
        try
        {
            text = await reply.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            // The status says enough.
        }

        return Create((int)reply.StatusCode, Parse(text), text, RetryAfterOf(reply));
    }

    /// <summary>The error of a status, as a reply or a line of a watch has it.</summary>
    public static CloudException OfStatus(JsonObject status) => Create(status.Number("code") ?? 500, status, "", null);

    private static CloudException Create(int code, JsonObject? status, string text, TimeSpan? retryAfter)
    {
        var reason = status?.Text("reason");
        var message = status?.Text("message") ?? (text.Length > MaxForeignCharacters ? text[..MaxForeignCharacters] : text).Trim();
        var (error, finer, advice) = Classify(code, reason, message, status);
        return new CloudException(error, advice is null ? message : $"{message.TrimEnd('.')}. {advice}")
        {
            Reason = finer,
            ProviderCode = reason,
            StatusCode = code,
            RetryAfter = retryAfter ?? (status.At("details", "retryAfterSeconds") is JsonValue seconds && seconds.TryGetValue<int>(out var wait) && wait > 0 ? TimeSpan.FromSeconds(wait) : null),
            Scope = error == CloudErrorCode.Unauthenticated ? ErrorScope.Cloud : ErrorScope.Request,
            IsTransient = error is CloudErrorCode.Throttled or CloudErrorCode.Unavailable or CloudErrorCode.Timeout,
        };
    }

    private static (CloudErrorCode Code, string? Reason, string? Advice) Classify(int code, string? reason, string message, JsonObject? status) => (code, reason) switch
    {
        (401, _) => (CloudErrorCode.Unauthenticated, null, "The API server refuses the credential, also after it was renewed: it has expired, was revoked, or is of another cluster. Get a new kubeconfig, or check the identity of the cloud."),
        (403, _) when message.Contains("exceeded quota", StringComparison.Ordinal) => (CloudErrorCode.QuotaExceeded, null, "Raise the quota of the namespace, or ask for less."),
        (403, _) => (CloudErrorCode.PermissionDenied, null, "Give the caller a role that allows it."),
        (400, _) when IsNotStarted(message) => (CloudErrorCode.Conflict, WorkloadErrorReasons.NotStarted, null),
        (400, _) when message.Contains("not found", StringComparison.Ordinal) || message.Contains("is not valid for pod", StringComparison.Ordinal) => (CloudErrorCode.NotFound, null, null),
        (400 or 413 or 415, _) => (CloudErrorCode.InvalidArgument, null, null),
        (404, _) => (CloudErrorCode.NotFound, null, null),
        (405, _) => (CloudErrorCode.Unsupported, null, null),
        (406, _) => (CloudErrorCode.Unsupported, null, null),
        (408, _) or (504, _) => (CloudErrorCode.Timeout, null, null),
        (409, "AlreadyExists") => (CloudErrorCode.AlreadyExists, null, null),
        (409, _) when HasCause(status, "FieldManagerConflict") => (CloudErrorCode.Conflict, WorkloadErrorReasons.FieldConflict, "Leave the field out, or apply with Force to take it over."),
        (409, _) => (CloudErrorCode.Conflict, null, null),
        (410, _) => (CloudErrorCode.Conflict, WorkloadErrorReasons.VersionExpired, null),
        (422, _) when message.Contains("immutable", StringComparison.Ordinal) || message.Contains("updates to statefulset spec", StringComparison.Ordinal)
            => (CloudErrorCode.Conflict, null, "It cannot be changed in place: delete the workload first."),
        (422, _) => (CloudErrorCode.InvalidArgument, null, null),
        (429, _) => (CloudErrorCode.Throttled, null, null),
        (500, _) when IsNotStarted(message) => (CloudErrorCode.Conflict, WorkloadErrorReasons.NotStarted, null),
        ( >= 500, _) => (CloudErrorCode.Unavailable, null, null),
        _ => (CloudErrorCode.Unknown, null, null),
    };

    private static bool IsNotStarted(string message) =>
        message.Contains("is waiting to start", StringComparison.Ordinal) || message.Contains("container not found", StringComparison.Ordinal) || message.Contains("is not running", StringComparison.Ordinal)
        || message.Contains("cannot exec into a container in a completed pod", StringComparison.Ordinal) || message.Contains("does not have a host assigned", StringComparison.Ordinal);

    private static bool HasCause(JsonObject? status, string cause) => (status.At("details", "causes") as JsonArray)?.OfType<JsonObject>().Any(item => item.Text("reason") == cause) == true;

    private static JsonObject? Parse(string text)
    {
        if (text.Length is 0 or > MaxBodyCharacters || text[0] != '{')
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text) as JsonObject is { } status && status.Text("kind") == "Status" ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage reply) =>
        reply.Headers.TryGetValues("Retry-After", out var values) && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
