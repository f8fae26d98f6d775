namespace SkyCompat.Workloads;

/// <summary>The workloads of one namespace of a cluster. Further abilities, such as <see cref="INamespaces"/> and <see cref="IWorkloadActivity"/>, and the native client are found by <see cref="ICloudResource.GetService"/>.</summary>
/// <remarks>Safe for use by many threads. Names are checked before any request. <see cref="ICloudResource.Name"/> is the namespace.</remarks>
public interface IWorkloads : ICloudResource
{
    /// <summary>Makes a workload what is wanted, with its service, ingress, secrets and files; applied server-side by the field manager <c>skycompat</c>. What is as wanted is not changed. A request per object, and one or two for each interface of the cluster at its first use.</summary>
    /// <param name="workload">What is wanted.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">The workload cannot be right.</exception>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Conflict"/> (<see cref="WorkloadErrorReasons.FieldConflict"/>): another manager set a field.
    /// <see cref="CloudErrorCode.Unsupported"/> (<see cref="WorkloadErrorReasons.ApiMissing"/>): the cluster lacks an interface; the message names it.
    /// <see cref="CloudErrorCode.NotFound"/>: there is no such namespace.</exception>
    Task<ApplyResult> ApplyAsync(Workload workload, ApplyOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Applies objects as the cluster knows them. A request per object.</summary>
    /// <param name="yaml">One or more YAML or JSON documents; lists are taken apart. Objects without a namespace are put in this one.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/> (<see cref="WorkloadErrorReasons.BadManifest"/>): the text is no manifest; raised before anything is applied. Else as <see cref="ApplyAsync"/>.</exception>
    Task<ApplyResult> ApplyManifestAsync(string yaml, ApplyOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Looks a workload up. Up to four requests, one for each kind.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>Its status; null if there is none.</returns>
    Task<WorkloadStatus?> TryGetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Lists the workloads that this library made. A request per page and kind.</summary>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>Their status.</returns>
    IAsyncEnumerable<WorkloadStatus> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits until a workload is rolled out, or a job has succeeded; fails as soon as a pod cannot become what it should, and names it and why. A look, and then two watches: while nothing changes, nothing is asked. What becomes ready must stay so for two seconds.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">How long, and what is still allowed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Its status.</returns>
    /// <exception cref="CloudException">With a reason of <see cref="WorkloadErrorReasons"/>: what is wrong, the pod, and its last lines where it wrote any.
    /// <see cref="CloudErrorCode.NotFound"/>: there is no such workload. <see cref="CloudErrorCode.Timeout"/>: it did not come about in time.</exception>
    Task<WorkloadStatus> WaitAsync(string name, WaitOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a workload with all that was made for it but its disks, and waits until the last pod is gone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="cancellationToken">Stops waiting; the deletion goes on.</param>
    /// <returns>True if there was anything.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Timeout"/>: some of it is still there.</exception>
    Task<bool> DeleteAsync(string name, WaitOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Lists pods, page after page: memory does not grow with their number.</summary>
    /// <param name="query">Which; null for all of the namespace.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The pods, by name.</returns>
    IAsyncEnumerable<Pod> ListPodsAsync(PodQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Reads what a container wrote, line by line; where it is followed, over broken connections, without a line lost or doubled, until the pod has ended.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="options">Which lines.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The lines.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is no such pod or container. <see cref="CloudErrorCode.Conflict"/> (<see cref="WorkloadErrorReasons.NotStarted"/>): it has not started.
    /// <see cref="CloudErrorCode.Unavailable"/>: the node cannot read the output, with its words; where it is followed, after ten tries in a row.</exception>
    IAsyncEnumerable<LogLine> ReadLogsAsync(string pod, LogOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Runs a program in a container and waits for its end. One request; never repeated, since it may have begun.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="command">The program and its arguments; no shell reads them.</param>
    /// <param name="options">Which container, and how much output.</param>
    /// <param name="cancellationToken">Stops waiting; the program may run on.</param>
    /// <returns>How it ended; an exit code other than 0 is no error here.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/> (<see cref="WorkloadErrorReasons.ProgramNotFound"/>): the image has no such program, such as a shell.
    /// <see cref="CloudErrorCode.NotFound"/>: there is no such pod or container. <see cref="CloudErrorCode.Conflict"/> (<see cref="WorkloadErrorReasons.NotStarted"/>): it does not run.</exception>
    Task<ExecResult> ExecAsync(string pod, IReadOnlyList<string> command, ExecOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Connects to a port of a pod, through the API server. One request.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Both directions of the connection. What the pod's side refuses is an error of reading: that nothing listens shows there.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is no such pod.</exception>
    Task<Stream> OpenPortAsync(string pod, int port, CancellationToken cancellationToken = default);
}
