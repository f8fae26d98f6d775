using System.Text.Json;
using SkyCompat.Clusters;

namespace SkyCompat.Google;

/// <summary>What the states and conditions of Kubernetes Engine mean.</summary>
internal static class GkeStates
{
    /// <summary>The phase of a cluster or pool.</summary>
    public static ClusterPhase Of(string? state) => state switch
    {
        "PROVISIONING" => ClusterPhase.Creating,
        "RUNNING" => ClusterPhase.Running,
        "RECONCILING" => ClusterPhase.Updating,
        "DEGRADED" or "RUNNING_WITH_ERROR" => ClusterPhase.Degraded,
        "STOPPING" => ClusterPhase.Deleting,
        "ERROR" => ClusterPhase.Failed,
        _ => ClusterPhase.Unknown,
    };

    public static bool IsKnown(string? condition) => condition is not (null or "UNKNOWN");

    public static CloudErrorCode ReasonOf(string? condition) => condition switch
    {
        "GCE_STOCKOUT" => CloudErrorCode.CapacityShortage,
        "GCE_QUOTA_EXCEEDED" => CloudErrorCode.QuotaExceeded,
        "GKE_SERVICE_ACCOUNT_DELETED" => CloudErrorCode.NotFound,
        "CLOUD_KMS_KEY_ERROR" => CloudErrorCode.PermissionDenied,
        _ => CloudErrorCode.Unknown,
    };

    public static IReadOnlyList<ClusterIssue> Issues(JsonElement owner) =>
        [.. owner.Items("conditions").Select(condition => new ClusterIssue(condition.Text("code") ?? condition.Text("canonicalCode") ?? "UNKNOWN", condition.Text("message") ?? "", ReasonOf(condition.Text("code"))))];
}
