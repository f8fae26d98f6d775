namespace SkyCompat.Kubernetes;

/// <summary>A kind of object in a version that a cluster has.</summary>
/// <param name="ApiVersion">The version, such as <c>apps/v1</c>.</param>
/// <param name="Kind">The kind, such as <c>Deployment</c>.</param>
/// <param name="Plural">Its name in paths, such as <c>deployments</c>.</param>
/// <param name="IsNamespaced">Whether its objects are in namespaces.</param>
internal sealed record ApiKind(string ApiVersion, string Kind, string Plural, bool IsNamespaced)
{
    /// <summary>Those that this library makes, whose versions never changed.</summary>
    public static ApiKind Pod { get; } = new("v1", "Pod", "pods", true);

    public static ApiKind Namespace { get; } = new("v1", "Namespace", "namespaces", false);

    public static ApiKind Secret { get; } = new("v1", "Secret", "secrets", true);

    public static ApiKind ConfigMap { get; } = new("v1", "ConfigMap", "configmaps", true);

    public static ApiKind Service { get; } = new("v1", "Service", "services", true);

    public static ApiKind ServiceAccount { get; } = new("v1", "ServiceAccount", "serviceaccounts", true);

    public static ApiKind Claim { get; } = new("v1", "PersistentVolumeClaim", "persistentvolumeclaims", true);

    public static ApiKind Quota { get; } = new("v1", "ResourceQuota", "resourcequotas", true);

    public static ApiKind Event { get; } = new("v1", "Event", "events", true);

    public static ApiKind Deployment { get; } = new("apps/v1", "Deployment", "deployments", true);

    public static ApiKind StatefulSet { get; } = new("apps/v1", "StatefulSet", "statefulsets", true);

    public static ApiKind Job { get; } = new("batch/v1", "Job", "jobs", true);

    /// <summary>The path of its objects, or of one.</summary>
    public string PathOf(string? namespaceName, string? name = null)
    {
        var root = ApiVersion.Contains('/', StringComparison.Ordinal) ? $"/apis/{ApiVersion}" : $"/api/{ApiVersion}";
        var place = IsNamespaced && namespaceName is not null ? $"/namespaces/{Uri.EscapeDataString(namespaceName)}" : "";
        return name is null ? $"{root}{place}/{Plural}" : $"{root}{place}/{Plural}/{Uri.EscapeDataString(name)}";
    }
}
