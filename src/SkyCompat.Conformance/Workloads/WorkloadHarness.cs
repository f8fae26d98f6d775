using System.Globalization;
using SkyCompat.Clusters;
using SkyCompat.Workloads;

namespace SkyCompat.Conformance;

/// <summary>What supplies a cluster so that the cases of workloads can be run on it: the cluster, through the public interfaces, as an application gets it.</summary>
/// <remarks>Every case has a namespace of its own, which is deleted with all that is in it. Safe for use by many threads once initialized.</remarks>
public abstract class WorkloadHarness : ServiceHarness
{
    private readonly string _run = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..6];
    private readonly List<Task> _deletions = [];
    private int _namespaces;

    /// <summary>The cluster, with nodes that run pods.</summary>
    public abstract ICluster Cluster { get; }

    /// <summary>An image that the nodes have or can get, with the programs of busybox: a shell, <c>cat</c>, <c>head</c>, <c>httpd</c>, <c>mount</c>, <c>nc</c>, <c>sleep</c>, <c>usleep</c> and <c>wget</c>.</summary>
    public abstract string ShellImage { get; }

    /// <summary>An image whose program runs for good, and that has no shell.</summary>
    public abstract string BareImage { get; }

    /// <summary>A storage class that makes disks for two claims; null if the cluster has none, and the cases that need disks are skipped.</summary>
    public virtual string? StorageClass => null;

    /// <inheritdoc/>
    /// <value>Default: 5 minutes.</value>
    public override TimeSpan CaseTimeout => TimeSpan.FromMinutes(5);

    /// <summary>Changes the number of replicas of a deployment as another program would: by any other means, under another name than <c>skycompat</c>.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="name">The deployment.</param>
    /// <param name="replicas">The number.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A task that ends when the cluster has taken it.</returns>
    public abstract Task SetReplicasByHandAsync(IWorkloads workloads, string name, int replicas, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task CleanUpAsync()
    {
        Task[] deletions;
        lock (_deletions)
        {
            deletions = [.. _deletions];
        }

        await Task.WhenAll(deletions);
    }

    internal string NewNamespaceName() => string.Create(CultureInfo.InvariantCulture, $"conf-{_run}-{Interlocked.Increment(ref _namespaces)}");

    /// <summary>Deletes a namespace and does not wait: it takes longer than most cases. What fails is told at the end.</summary>
    internal void Forget(string namespaceName)
    {
        lock (_deletions)
        {
            _deletions.Add(Cluster.GetWorkloads().GetRequiredService<INamespaces>().DeleteAsync(namespaceName));
        }
    }
}
