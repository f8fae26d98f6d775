namespace SkyCompat.Workloads;

/// <summary>A container and how it is to run; the same on every cluster. Where a cluster lacks something, applying fails and names it.</summary>
public sealed record Workload
{
    /// <summary>Names the workload and what belongs to it. One to 52 lower-case letters, digits and hyphens, starting with a letter and ending in a letter or digit.</summary>
    public required string Name { get; init; }

    /// <summary>How it runs.</summary>
    /// <value>Default: <see cref="WorkloadKind.Deployment"/>.</value>
    public WorkloadKind Kind { get; init; } = WorkloadKind.Deployment;

    /// <summary>The container image, such as <c>registry.example.com/shop/web:1.4</c>.</summary>
    public required string Image { get; init; }

    /// <summary>Whether a node that has the image asks the registry again.</summary>
    /// <value>Default: null, the cluster's rule: only for the tag <c>latest</c>.</value>
    public bool? AlwaysPull { get; init; }

    /// <summary>The program to run in place of the image's.</summary>
    /// <value>Default: none, the image's.</value>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The program's arguments.</summary>
    /// <value>Default: none, the image's.</value>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables that anybody who can read the workload may read.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Environment variables whose values are kept in a Secret of the cluster. Never logged and in no error.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Small files by absolute path, read-only to the container; together at most 1,000,000 bytes in UTF-8.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The logical buckets that the workload may use, from <c>SkyCompat:Buckets</c> of this process: their settings and credentials are injected as environment variables, so that an image that uses SkyCompat finds them as it would here.</summary>
    public IReadOnlyList<WorkloadBucket> Buckets { get; init; } = [];

    /// <summary>The processor time and memory that are reserved, and their limits.</summary>
    public WorkloadResources? Resources { get; init; }

    /// <summary>The ports that the container listens on.</summary>
    public IReadOnlyList<WorkloadPort> Ports { get; init; } = [];

    /// <summary>Says when a replica may be sent requests.</summary>
    /// <value>Default: null, as soon as it runs.</value>
    public WorkloadProbe? ReadinessProbe { get; init; }

    /// <summary>Says when a replica hangs and must be started anew.</summary>
    public WorkloadProbe? LivenessProbe { get; init; }

    /// <summary>Says when a slow starter is up; until then the other two are not asked.</summary>
    public WorkloadProbe? StartupProbe { get; init; }

    /// <summary>Volumes beside the image.</summary>
    public IReadOnlyList<WorkloadVolume> Volumes { get; init; } = [];

    /// <summary>How many replicas run, or how many runs of a parallel job at once; 0 to 10,000.</summary>
    /// <value>Default: 1.</value>
    public int Replicas { get; init; } = 1;

    /// <summary>Lets the cluster choose the number of replicas; then <see cref="Replicas"/> is not applied.</summary>
    public WorkloadAutoscale? Autoscale { get; init; }

    /// <summary>How many replicas must stay up while nodes are drained; null for no promise.</summary>
    public int? MinAvailable { get; init; }

    /// <summary>How a job ends.</summary>
    public JobSettings? Job { get; init; }

    /// <summary>When a cron job starts: five fields in UTC, such as <c>*/5 * * * *</c>, or <c>@hourly</c>, <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>.</summary>
    public string? Schedule { get; init; }

    /// <summary>Gives the replicas one address.</summary>
    public WorkloadService? Service { get; init; }

    /// <summary>Lets requests in from outside by host name; needs <see cref="Service"/> and a cluster with an ingress controller.</summary>
    public WorkloadIngress? Ingress { get; init; }

    /// <summary>An existing service account to run as.</summary>
    /// <value>Default: null, the namespace's; or one of the workload's own where <see cref="Identity"/> is set.</value>
    public string? ServiceAccount { get; init; }

    /// <summary>The identity at the cluster's cloud that the workload runs as, without any key: the ARN of a role on AWS, the client id of a managed identity on Azure, the address of a service account
    /// on Google Cloud, the name of a RAM role on Alibaba Cloud. It must trust the cluster's issuer.</summary>
    public string? Identity { get; init; }

    /// <summary>How long a replica that is asked to end may take, 0 seconds to 1 hour.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Name, kind and image: no values of variables or files, which may be private.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"{Kind} {Name} of {Image}";
}
