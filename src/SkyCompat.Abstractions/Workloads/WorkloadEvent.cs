namespace SkyCompat.Workloads;

/// <summary>Something that a cluster noted.</summary>
/// <param name="Reason">What, in one word, such as <c>FailedScheduling</c>.</param>
/// <param name="Message">In the cluster's words.</param>
public sealed record WorkloadEvent(string Reason, string Message)
{
    /// <summary>Whether it is a warning.</summary>
    public bool IsWarning { get; init; }

    /// <summary>The kind of the object that it is about, such as <c>Pod</c>.</summary>
    public string? ObjectKind { get; init; }

    /// <summary>The name of that object.</summary>
    public string? ObjectName { get; init; }

    /// <summary>How often it was noted.</summary>
    public int Count { get; init; } = 1;

    /// <summary>When it was last noted.</summary>
    public DateTimeOffset? At { get; init; }
}
