using System.Text.Json;

namespace SkyCompat.Azure;

/// <summary>What Azure Resource Manager answered instead of success.</summary>
internal sealed record ArmFailure
{
    // What only says that something inside went wrong; the details say what.
    private static readonly string[] Wrappers =
        ["InvalidTemplateDeployment", "DeploymentFailed", "MultipleErrorsOccurred", "ResourceDeploymentFailure", "OperationFailed", "VMExtensionProvisioningError", "Canceled", "BadRequest"];

    /// <summary>The HTTP status; 0 for an error within a reply that is a success.</summary>
    public int Status { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the reply is not the service's.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Reads a reply.</summary>
    public static ArmFailure Read(HttpResponseMessage response, byte[] bytes, ServerClock clock)
    {
        var requestId = AzureHeaders.RequestId(response);
        var (code, message) = (default(string), default(string));
        try
        {
            using var document = JsonDocument.Parse(bytes);
            (code, message) = Innermost(document.RootElement);
        }
        catch (JsonException)
        {
            // Not the service's, or cut off: the status decides.
        }

        return new ArmFailure
        {
            Status = (int)response.StatusCode,
            Code = code,
            Message = message,
            RequestId = requestId,
            RetryAfter = AzureHeaders.RetryAfter(response, clock),
            IsForeign = code is null && requestId is null,
        };
    }

    /// <summary>Reads the error inside an operation that did not succeed.</summary>
    public static ArmFailure ReadOperation(JsonElement operation, string status)
    {
        var (code, message) = Innermost(operation);
        return new ArmFailure { Code = code ?? status, Message = message ?? $"The operation ended as {status} and does not say why." };
    }

    /// <summary>The error that says most: the document's own, or where that only wraps others, the first among its details that says something.</summary>
    private static (string? Code, string? Message) Innermost(JsonElement document)
    {
        // Some services leave the outer "error" out.
        var error = document.At("error") is { ValueKind: JsonValueKind.Object } inner ? inner : document;
        var code = error.Text("code");
        var message = error.Text("message");
        if (code is not null && Wrappers.Contains(code, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var detail in error.Items("details"))
            {
                if (Innermost(detail) is { Code: not null } found)
                {
                    return found;
                }
            }

            if (message is not null && Embedded(message) is { Code: not null } embedded)
            {
                return embedded;
            }
        }

        return (code, message);
    }

    /// <summary>Deployments put the error of a resource into the message, as JSON.</summary>
    private static (string? Code, string? Message) Embedded(string message)
    {
        if (!message.StartsWith('{'))
        {
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(message);
            return Innermost(document.RootElement);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
