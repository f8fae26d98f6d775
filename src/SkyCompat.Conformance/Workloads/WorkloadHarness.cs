using System.Collections.ObjectModel;
using System.Globalization;
using SkyCompat.Clusters;
using SkyCompat.Workloads;

namespace SkyCompat.Conformance;

/// <summary>What supplies a cluster so that the cases of workloads can be run on it: the cluster, through the public interfaces, as an application gets it.</summary>
/// <remarks>Every case has a namespace of its own, which is deleted with all that is in it. Safe for use by many threads once initialized.</remarks>
public abstract class WorkloadHarness : IAsyncDisposable
{
    private readonly string _run = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..6];
    private readonly List<Task> _deletions = [];
    private int _namespaces;

    /// <summary>The kind of cluster under test, such as <c>Kubernetes 1.20</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>The cluster, with nodes that run pods.</summary>
    public abstract ICluster Cluster { get; }

    /// <summary>An image that the nodes have or can get, with the programs of busybox: a shell, <c>cat</c>, <c>head</c>, <c>httpd</c>, <c>mount</c>, <c>nc</c>, <c>sleep</c>, <c>usleep</c> and <c>wget</c>.</summary>
    public abstract string ShellImage { get; }

    /// <summary>An image whose program runs for good, and that has no shell.</summary>
    public abstract string BareImage { get; }

    /// <summary>A storage class that makes disks for two claims; null if the cluster has none, and the cases that need disks are skipped.</summary>
    public virtual string? StorageClass => null;

    /// <summary>Known deviations of the cluster, documented with a reason: case id to reason. They are reported as skips.</summary>
    public virtual IReadOnlyDictionary<string, string> Quirks => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether a cluster that is not there is a failure rather than a reason to skip.</summary>
    /// <value>Default: true where the environment says <c>CI=true</c>.</value>
    public virtual bool MustBeAvailable => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>How long a case may take.</summary>
    /// <value>Default: 5 minutes.</value>
    public virtual TimeSpan CaseTimeout => TimeSpan.FromMinutes(5);

    /// <summary>Says why the cluster cannot be reached here. All cases are then skipped with that reason, or fail if <see cref="MustBeAvailable"/>.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>The reason; null if it can be reached.</returns>
    public virtual ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>Prepares the harness. Called once, before <see cref="Cluster"/>.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A task that ends when the cluster can be used.</returns>
    public virtual ValueTask InitializeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Changes the number of replicas of a deployment as another program would: by any other means, under another name than <c>skycompat</c>.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="name">The deployment.</param>
    /// <param name="replicas">The number.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A task that ends when the cluster has taken it.</returns>
    public abstract Task SetReplicasByHandAsync(IWorkloads workloads, string name, int replicas, CancellationToken cancellationToken);

    /// <summary>Waits until the namespaces of all cases are gone, and frees what the harness holds.</summary>
    /// <returns>A task that ends when it is done.</returns>
    public async ValueTask DisposeAsync()
    {
        Task[] deletions;
        lock (_deletions)
        {
            deletions = [.. _deletions];
        }

        await Task.WhenAll(deletions);
        await DisposeAsyncCore();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the harness of a cluster holds, after the namespaces are gone.</summary>
    /// <returns>A task that ends when it is done.</returns>
    protected virtual ValueTask DisposeAsyncCore() => ValueTask.CompletedTask;

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
