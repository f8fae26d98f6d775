using SkyCompat.Workloads;

namespace SkyCompat.Transfer;

/// <summary>Where and how a transfer is spread over a cluster.</summary>
public sealed record ClusterTransferOptions
{
    /// <summary>The namespace of the cluster that the workers run in, best near the data: <c>sky.GetCluster("prod").GetWorkloads()</c>.</summary>
    public required IWorkloads Workloads { get; init; }

    /// <summary>The image of the workers: <c>skyc</c>, of the same version as this library, or a program that calls <see cref="ITransferService.WorkAsync"/>.</summary>
    public required string Image { get; init; }

    /// <summary>The program to run in place of the image's, with its first arguments; <c>transfer-worker</c> and the transfer's id follow.</summary>
    /// <value>Default: none, the image's.</value>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>How many workers run at a time, each in a pod; 1 to 1,000.</summary>
    /// <value>Default: 4.</value>
    public int Workers { get; init; } = 4;

    /// <summary>How many objects of the source a shard has at most, 1 to 1,000,000.</summary>
    /// <value>Default: 10,000.</value>
    public int ShardObjects { get; init; } = 10_000;

    /// <summary>After how many bytes of objects a shard ends, at least 1; an object is in one shard whatever its size.</summary>
    /// <value>Default: 17,179,869,184 (16 GiB).</value>
    public long ShardBytes { get; init; } = 16L << 30;

    /// <summary>How many workers that failed are replaced before the transfer fails, 0 to 1,000.</summary>
    /// <value>Default: 10.</value>
    public int Retries { get; init; } = 10;

    /// <summary>The processor time and memory of each worker.</summary>
    /// <value>Default: null, nothing reserved and no limit.</value>
    public WorkloadResources? Resources { get; init; }

    /// <summary>How long the first worker may wait for a node before that is a failure; a cluster that adds nodes needs minutes.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan UnschedulableGrace { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The identity at the cluster's cloud that the workers run as; see <see cref="Workload.Identity"/>.</summary>
    public string? Identity { get; init; }

    /// <summary>An existing service account that the workers run as; see <see cref="Workload.ServiceAccount"/>.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Whether the workers' own identity opens the source, so that no key is handed over; see <see cref="WorkloadBucket.ByIdentity"/>.</summary>
    public bool SourceByIdentity { get; init; }

    /// <summary>Whether the workers' own identity opens the destination, so that no key is handed over; see <see cref="WorkloadBucket.ByIdentity"/>.</summary>
    public bool DestinationByIdentity { get; init; }

    /// <summary>Another address of the source's store, as the cluster sees it; see <see cref="WorkloadBucket.Endpoint"/>.</summary>
    public Uri? SourceEndpoint { get; init; }

    /// <summary>Another address of the destination's store, as the cluster sees it; see <see cref="WorkloadBucket.Endpoint"/>.</summary>
    public Uri? DestinationEndpoint { get; init; }
}
