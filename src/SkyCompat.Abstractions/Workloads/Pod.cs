namespace SkyCompat.Workloads;

/// <summary>One running copy of a workload.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Uid">What tells it from another of that name.</param>
/// <param name="Phase">Where it stands.</param>
public sealed record Pod(string Name, string Namespace, string Uid, PodPhase Phase)
{
    /// <summary>The workload that it belongs to; null if this library did not make it.</summary>
    public string? Workload { get; init; }

    /// <summary>What it was made from; see <see cref="WorkloadStatus.Revision"/>.</summary>
    public string? Revision { get; init; }

    /// <summary>Whether it takes requests.</summary>
    public bool IsReady { get; init; }

    /// <summary>Whether it is being deleted.</summary>
    public bool IsDeleting { get; init; }

    /// <summary>The node that it is on; null if it has none yet.</summary>
    public string? Node { get; init; }

    /// <summary>Its address in the cluster.</summary>
    public string? Address { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Why no node takes it, in the scheduler's words; null if one does.</summary>
    public string? UnschedulableMessage { get; init; }

    /// <summary>Why it is as it is, such as <c>Evicted</c>; null if the cluster says nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>Its containers, those that prepare it first.</summary>
    public IReadOnlyList<PodContainer> Containers { get; init; } = [];

    /// <summary>The cluster's opaque version of it.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>How often containers were started anew.</summary>
    public int Restarts => Containers.Sum(container => container.Restarts);

    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}/{Name}: {Phase}";
}
