using SkyCompat.Workloads;

namespace SkyCompat.Kubernetes;

/// <summary>How this library finds what it made.</summary>
internal static class WorkloadLabels
{
    public const string Name = "app.kubernetes.io/name";
    public const string ManagedBy = "app.kubernetes.io/managed-by";
    public const string Manager = "skycompat";

    /// <summary>On pods: what they were made from.</summary>
    public const string Revision = "skycompat.io/revision";

    /// <summary>All that this library made.</summary>
    public static string SelectorOfAll { get; } = $"{ManagedBy}={Manager}";

    public static JsonObject Of(string workload) => new() { [Name] = workload, [ManagedBy] = Manager };

    public static string SelectorOf(string workload) => $"{Name}={workload},{SelectorOfAll}";

    public static string? SelectorOf(PodQuery query) => (query.Workload, query.LabelSelector) switch
    {
        ({ } workload, { } labels) => $"{SelectorOf(workload)},{labels}",
        ({ } workload, null) => SelectorOf(workload),
        var (_, labels) => labels,
    };

    /// <summary>The workload of an object of this library's, or null.</summary>
    public static string? WorkloadOf(JsonObject item) => item.Text("metadata", "labels", ManagedBy) == Manager ? item.Text("metadata", "labels", Name) : null;
}
