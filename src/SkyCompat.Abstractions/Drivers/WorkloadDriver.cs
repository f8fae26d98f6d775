using SkyCompat.Workloads;

namespace SkyCompat.Drivers;

/// <summary>What an adapter implements for the workloads of one cluster. No retries, no checks, no waiting, no telemetry: those are the engine's. What it is given was checked.</summary>
/// <remarks>Asks for the cluster's credential at each request, and where the API server refuses it with 401 has it renewed and sends the request once more. Raises <see cref="CloudException"/>
/// with the code, reason, scope and transience of its error table. Safe for use by many threads.</remarks>
public abstract class WorkloadDriver : IAsyncDisposable
{
    /// <summary>The namespace where none is named.</summary>
    public virtual string DefaultNamespace => "default";

    /// <summary>How long to wait between two looks at something that changes.</summary>
    /// <value>Default: 1 second.</value>
    public virtual TimeSpan PollInterval => TimeSpan.FromSeconds(1);

    /// <summary>Translates a workload to objects of the versions that the cluster has. Requests only for interfaces not yet looked up.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="workload">The workload, its buckets already among its secrets.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The objects, in the order to apply them.</returns>
    public abstract Task<IReadOnlyList<ManifestObject>> RenderAsync(string workloads, Workload workload, CancellationToken cancellationToken);

    /// <summary>Reads a manifest. Requests only for interfaces not yet looked up.</summary>
    /// <param name="workloads">The namespace of objects that name none.</param>
    /// <param name="yaml">The text.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The objects, in their order.</returns>
    public abstract Task<IReadOnlyList<ManifestObject>> ReadManifestAsync(string workloads, string yaml, CancellationToken cancellationToken);

    /// <summary>Applies one object. Two requests: one looks at what there is.</summary>
    /// <param name="item">The object.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>What was done.</returns>
    public abstract Task<AppliedObject> ApplyAsync(ManifestObject item, ApplyOptions options, CancellationToken cancellationToken);

    /// <summary>Finds the objects of a workload, without their pods and disks.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="name">The workload.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The objects; their text is empty.</returns>
    public abstract Task<IReadOnlyList<ManifestObject>> FindObjectsAsync(string workloads, string name, CancellationToken cancellationToken);

    /// <summary>Asks for an object to be deleted, with what it made. One request.</summary>
    /// <param name="item">The object.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>True if there was one.</returns>
    public abstract Task<bool> DeleteAsync(ManifestObject item, CancellationToken cancellationToken);

    /// <summary>Looks a workload up.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="name">The workload.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>Its status, or null.</returns>
    public abstract Task<WorkloadStatus?> TryGetAsync(string workloads, string name, CancellationToken cancellationToken);

    /// <summary>Lists a page of the workloads that this library made. One request.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="pageToken">Where to go on; null for the first page.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The page; it may be empty and not the last.</returns>
    public abstract Task<DriverPage<WorkloadStatus>> ListAsync(string workloads, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Lists a page of pods. One request.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="query">Which.</param>
    /// <param name="pageToken">Where to go on; null for the first page.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The page.</returns>
    public abstract Task<PodPage> ListPodsAsync(string workloads, PodQuery query, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Looks a pod up. One request.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="name">The pod.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The pod, or null.</returns>
    public abstract Task<Pod?> TryGetPodAsync(string workloads, string name, CancellationToken cancellationToken);

    /// <summary>Opens a watch of pods. One request; the token of reading is that of the enumeration.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="query">Which.</param>
    /// <param name="resourceVersion">From where.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>What happens, until the connection ends, without an error if it breaks. An error with reason <see cref="WorkloadErrorReasons.VersionExpired"/> where the cluster has forgotten that version.</returns>
    public abstract Task<IAsyncEnumerable<PodNotice>> OpenWatchAsync(string workloads, PodQuery query, string resourceVersion, CancellationToken cancellationToken);

    /// <summary>Opens a watch of one workload. One request; the token of reading is that of the enumeration.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="from">What was last seen of the workload: what happened since is told.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The workload after each change, null for its deletion, until the connection ends, without an error if it breaks. An error with reason <see cref="WorkloadErrorReasons.VersionExpired"/> where the cluster has forgotten that version.</returns>
    public abstract Task<IAsyncEnumerable<WorkloadStatus?>> OpenWatchAsync(string workloads, WorkloadStatus from, CancellationToken cancellationToken);

    /// <summary>Opens a container's output. One request.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="options">Which lines.</param>
    /// <param name="cancellationToken">Stops the request, not the reading.</param>
    /// <returns>Lines that each start with the time in RFC 3339 and a blank; disposed by the engine.</returns>
    public abstract Task<Stream> OpenLogAsync(string workloads, string pod, LogOptions options, CancellationToken cancellationToken);

    /// <summary>Runs a program. One request.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="options">How; the container is named.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How it ended.</returns>
    public abstract Task<ExecResult> ExecAsync(string workloads, string pod, IReadOnlyList<string> command, ExecOptions options, CancellationToken cancellationToken);

    /// <summary>Connects to a port of a pod. One request.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Stops the request, not the connection.</param>
    /// <returns>The connection.</returns>
    public abstract Task<Stream> OpenPortAsync(string workloads, string pod, int port, CancellationToken cancellationToken);

    /// <summary>Lists a page of events. One request.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="objectName">Only of the object of that name; null for all.</param>
    /// <param name="pageToken">Where to go on; null for the first page.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The page.</returns>
    public abstract Task<DriverPage<WorkloadEvent>> ListEventsAsync(string workloads, string? objectName, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Lists a page of namespaces. One request.</summary>
    /// <param name="pageToken">Where to go on; null for the first page.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The page.</returns>
    public abstract Task<DriverPage<NamespaceInfo>> ListNamespacesAsync(string? pageToken, CancellationToken cancellationToken);

    /// <summary>Looks a namespace up. One request.</summary>
    /// <param name="name">The namespace.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The namespace, or null.</returns>
    public abstract Task<NamespaceInfo?> TryGetNamespaceAsync(string name, CancellationToken cancellationToken);

    /// <summary>Makes a namespace. One request.</summary>
    /// <param name="name">The namespace.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>True if it was made, false if there was one.</returns>
    public abstract Task<bool> CreateNamespaceAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether pods can be made in a namespace: a new one needs a moment. One request.</summary>
    /// <param name="name">The namespace.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>True if they can.</returns>
    public abstract Task<bool> IsNamespaceReadyAsync(string name, CancellationToken cancellationToken);

    /// <summary>Asks for a namespace to be deleted. One request.</summary>
    /// <param name="name">The namespace.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>True if there was one.</returns>
    public abstract Task<bool> DeleteNamespaceAsync(string name, CancellationToken cancellationToken);

    /// <summary>Translates a quota to an object that can be applied.</summary>
    /// <param name="name">The namespace.</param>
    /// <param name="quota">The limits.</param>
    /// <returns>The object.</returns>
    public abstract ManifestObject RenderQuota(string name, NamespaceQuota quota);

    /// <summary>Finds the native client beneath.</summary>
    /// <param name="serviceType">The type wanted.</param>
    /// <returns>The client, or null.</returns>
    public virtual object? GetService(Type serviceType) => null;

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
