namespace SkyCompat.Workloads;

/// <summary>Requests from outside that are for a workload's service.</summary>
/// <param name="Host">The host name of the requests; null for every one.</param>
/// <param name="Path">The beginning of their path.</param>
public sealed record WorkloadIngress(string? Host = null, string Path = "/")
{
    /// <summary>The Secret with the certificate of the host; null for plain http.</summary>
    public string? TlsSecret { get; init; }

    /// <summary>The ingress class; null for the cluster's default.</summary>
    public string? ClassName { get; init; }
}
