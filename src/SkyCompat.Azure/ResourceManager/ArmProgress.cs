using System.Text.Json;

namespace SkyCompat.Azure;

/// <summary>What a resource says of its making.</summary>
internal static class ArmProgress
{
    // Networks and their like take seconds, so it is soon time to look again.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>The resource, once it can be used.</summary>
    /// <exception cref="CloudException">It is still being made or changed (transient: the same call finds it later), or could not be.</exception>
    public static JsonElement Ready(this JsonElement resource) => resource.State() switch
    {
        "Succeeded" or null => resource,
        "Failed" or "Canceled" => throw new CloudException(CloudErrorCode.Unavailable, "Azure could not make the resource; delete it and try again.") { IsTransient = false },
        _ => throw new CloudException(CloudErrorCode.Unavailable, "The resource is still being made or changed.") { RetryAfter = LookAgain },
    };

    public static string? State(this JsonElement resource) => resource.Text("properties", "provisioningState");

    public static bool IsBeingDeleted(this JsonElement resource) => resource.State() == "Deleting";
}
