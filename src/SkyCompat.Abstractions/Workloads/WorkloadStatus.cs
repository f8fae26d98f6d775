namespace SkyCompat.Workloads;

/// <summary>What a cluster says of a workload.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">How it runs.</param>
/// <param name="Phase">Where it stands.</param>
public sealed record WorkloadStatus(string Name, WorkloadKind Kind, WorkloadPhase Phase)
{
    /// <summary>The image.</summary>
    public string? Image { get; init; }

    /// <summary>How many replicas, or runs of a job, are wanted.</summary>
    public int Replicas { get; init; }

    /// <summary>How many replicas are ready and as last applied, or how many runs of a job have succeeded.</summary>
    public int Ready { get; init; }

    /// <summary>How many runs of a job have failed.</summary>
    public int Failures { get; init; }

    /// <summary>The cluster's reason for the phase, such as <c>DeadlineExceeded</c>; null if it gives none.</summary>
    public string? Reason { get; init; }

    /// <summary>The cluster's words on it.</summary>
    public string? Message { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When a cron job last started; null if it has not.</summary>
    public DateTimeOffset? LastScheduledAt { get; init; }

    /// <summary>What its pods are made from, as an opaque text; pods of another are of an earlier rollout. Null if this library did not make it.</summary>
    public string? Revision { get; init; }

    /// <summary>The cluster's opaque version of it.</summary>
    public string? ResourceVersion { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Name}: {Phase}, {Ready} of {Replicas}";
}
