using SkyCompat.Clusters;

namespace SkyCompat.Azure;

/// <summary>What the errors of Azure Resource Manager mean where they are about clusters.</summary>
internal static class AksErrors
{
    private static readonly string[] Busy =
    [
        "AnotherOperationInProgress", "OperationNotAllowed", "Conflict", "RequestConflict", "ConcurrentUpdateError", "ConflictingConcurrentWriteNotAllowed", "ResourceInvalidProvisioningState",
        "CanceledAndSupersededDueToAnotherOperation", "OperationPreempted", "InProgress",
    ];

    private static readonly string[] Versions = ["K8sVersionNotSupported", "AgentPoolK8sVersionNotSupported", "UnsupportedKubernetesVersion", "InvalidKubernetesVersion", "OrchestratorVersionNotSupported"];

    /// <summary>Sends a request.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> send)
    {
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (CloudException exception) when (Refine(exception) is not null)
        {
            throw Refine(exception)!;
        }
    }

    /// <summary>The finer error; null if there is none.</summary>
    public static CloudException? Refine(CloudException exception) => exception switch
    {
        { ProviderCode: { } code } when Versions.Contains(code, StringComparer.OrdinalIgnoreCase) => Copy(exception, CloudErrorCode.InvalidArgument, ClusterErrorReasons.VersionNotOffered, "Azure does not offer the version of Kubernetes for this."),
        { Code: CloudErrorCode.Conflict, ProviderCode: { } code } when Busy.Contains(code, StringComparer.OrdinalIgnoreCase) =>
            Copy(exception, CloudErrorCode.Conflict, ClusterErrorReasons.ClusterBusy, "Another operation on the cluster is under way, or its state forbids this one."),
        { Code: CloudErrorCode.NotFound, Scope: ErrorScope.Request, Reason: null } => Copy(exception, CloudErrorCode.NotFound, ClusterErrorReasons.ClusterNotFound, "There is no such cluster."),
        _ => null,
    };

    private static CloudException Copy(CloudException exception, CloudErrorCode code, string reason, string text) => new(code, text, exception)
    {
        Reason = reason,
        Scope = exception.Scope,
        IsTransient = false,
        ProviderCode = exception.ProviderCode,
        StatusCode = exception.StatusCode,
        RequestId = exception.RequestId,
    };
}
