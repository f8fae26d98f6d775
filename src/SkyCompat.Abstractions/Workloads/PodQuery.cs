namespace SkyCompat.Workloads;

/// <summary>Which pods.</summary>
public sealed record PodQuery
{
    /// <summary>Those of one workload; null for all of the namespace.</summary>
    public string? Workload { get; init; }

    /// <summary>Those whose labels match, in the cluster's own form, such as <c>app=web,tier!=cache</c>; null for all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>How many a request asks for, 1 to 5,000.</summary>
    /// <value>Default: 500.</value>
    public int PageSize { get; init; } = 500;
}
