using System.Text.Json;
using SkyCompat.Clusters;

namespace SkyCompat.Aws;

/// <summary>What the states and issues of EKS mean.</summary>
internal static class EksStates
{
    public static ClusterPhase OfCluster(string? state, bool hasIssues) => state switch
    {
        "CREATING" or "PENDING" => ClusterPhase.Creating,
        "ACTIVE" => hasIssues ? ClusterPhase.Degraded : ClusterPhase.Running,
        "UPDATING" => ClusterPhase.Updating,
        "DELETING" => ClusterPhase.Deleting,
        "FAILED" => ClusterPhase.Failed,
        _ => ClusterPhase.Unknown,
    };

    public static ClusterPhase OfPool(string? state, bool hasIssues) => state switch
    {
        "DEGRADED" => ClusterPhase.Degraded,
        "CREATE_FAILED" or "DELETE_FAILED" => ClusterPhase.Failed,
        _ => OfCluster(state, hasIssues),
    };

    public static IReadOnlyList<ClusterIssue> Issues(JsonElement owner) =>
        [.. owner.Items("health", "issues").Select(issue => new ClusterIssue(issue.Text("code") ?? "Unknown", issue.Text("message") ?? "", ReasonOf(issue.Text("code"), issue.Text("message"))))];

    /// <summary>The error of an update that did not succeed.</summary>
    public static CloudException Failure(JsonElement update)
    {
        var errors = update.Items("errors").ToList();
        var first = errors.Count > 0 ? errors[0] : default;
        var code = first.Text("errorCode") ?? update.Text("status");
        var reason = ReasonOf(code, first.Text("errorMessage"));
        return new CloudException(reason == CloudErrorCode.Unknown ? CloudErrorCode.Unavailable : reason, $"The update ended as {update.Text("status")}. EKS says: {first.Text("errorMessage") ?? code}")
        {
            ProviderCode = code,
            IsTransient = false,
        };
    }

    private static CloudErrorCode ReasonOf(string? code, string? message) => code switch
    {
        "InstanceLimitExceeded" or "ResourceLimitExceeded" or "LimitExceeded" or "IamLimitExceeded" or "EniLimitReached" => CloudErrorCode.QuotaExceeded,
        "AsgInstanceLaunchFailures" when message?.Contains("quota", StringComparison.OrdinalIgnoreCase) == true || message?.Contains("limit", StringComparison.OrdinalIgnoreCase) == true => CloudErrorCode.QuotaExceeded,
        "AsgInstanceLaunchFailures" or "InsufficientFreeAddresses" or "IpNotAvailable" => CloudErrorCode.CapacityShortage,
        "AccessDenied" or "Ec2ServiceNotSubscribed" or "OperationNotPermitted" or "StsRegionalEndpointDisabled" => CloudErrorCode.PermissionDenied,
        not null when code.EndsWith("NotFound", StringComparison.Ordinal) => CloudErrorCode.NotFound,
        _ => CloudErrorCode.Unknown,
    };
}
