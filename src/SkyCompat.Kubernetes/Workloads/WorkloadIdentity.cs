namespace SkyCompat.Kubernetes;

/// <summary>How each cloud's clusters are told which identity a service account stands for. The identity's form says which cloud is meant.</summary>
internal static class WorkloadIdentity
{
    /// <summary>The annotation of the service account.</summary>
    public static string AnnotationOf(string identity) =>
        identity.StartsWith("arn:", StringComparison.Ordinal) ? "eks.amazonaws.com/role-arn"
        : identity.Contains('@', StringComparison.Ordinal) ? "iam.gke.io/gcp-service-account"
        : Guid.TryParse(identity, out _) ? "azure.workload.identity/client-id"
        : "pod-identity.alibabacloud.com/role-name";

    /// <summary>The label that pods need besides, or null.</summary>
    public static string? PodLabelOf(string identity) => Guid.TryParse(identity, out _) ? "azure.workload.identity/use" : null;
}
