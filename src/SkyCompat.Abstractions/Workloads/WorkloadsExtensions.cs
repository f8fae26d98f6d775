using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace SkyCompat.Workloads;

/// <summary>Short forms for <see cref="IWorkloads"/>.</summary>
public static class WorkloadsExtensions
{
    /// <summary>Looks a workload up, or fails.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>Its status.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is none.</exception>
    public static async Task<WorkloadStatus> GetAsync(this IWorkloads workloads, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workloads);
        return await workloads.TryGetAsync(name, cancellationToken).ConfigureAwait(false)
            ?? throw new CloudException(CloudErrorCode.NotFound, $"Namespace '{workloads.Name}' has no workload '{name}'; list those there are.") { Resource = name };
    }

    /// <summary>Applies a workload and waits until it is rolled out, or a job has succeeded.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="workload">What is wanted.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="cancellationToken">Stops it; what was applied stays.</param>
    /// <returns>Its status.</returns>
    public static async Task<WorkloadStatus> ApplyAndWaitAsync(this IWorkloads workloads, Workload workload, WaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workloads);
        await workloads.ApplyAsync(workload, null, cancellationToken).ConfigureAwait(false);
        return await workloads.WaitAsync(workload.Name, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a port on this machine's loopback that leads to a port of a pod. A request per connection.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="port">The pod's port, 1 to 65535.</param>
    /// <param name="localPort">The port on 127.0.0.1; 0 for a free one.</param>
    /// <param name="cancellationToken">Not looked at after the port is open.</param>
    /// <returns>The open port; dispose it to close it.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.AlreadyExists"/>: the local port is taken.</exception>
    public static Task<PortForward> ListenAsync(this IWorkloads workloads, string pod, int port, int localPort = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workloads);
        ArgumentException.ThrowIfNullOrWhiteSpace(pod);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        ArgumentOutOfRangeException.ThrowIfNegative(localPort);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(localPort, IPEndPoint.MaxPort);
        cancellationToken.ThrowIfCancellationRequested();
        var listener = new TcpListener(IPAddress.Loopback, localPort);
        try
        {
            listener.Start();
        }
        catch (SocketException exception)
        {
            listener.Dispose();
            throw new CloudException(CloudErrorCode.AlreadyExists, $"Port {localPort} of 127.0.0.1 cannot be opened: {exception.Message}. Choose another, or 0 for a free one.", exception);
        }

        return Task.FromResult(new PortForward(listener, workloads, pod, port));
    }

    /// <summary>Finds a pod of a workload that runs, the oldest that is ready before others. A request per page.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="name">The workload.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The pod; null if none runs.</returns>
    public static async Task<Pod?> TryGetRunningPodAsync(this IWorkloads workloads, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workloads);
        Pod? best = null;
        await foreach (var pod in workloads.ListPodsAsync(new PodQuery { Workload = name }, cancellationToken).ConfigureAwait(false))
        {
            if (pod is { Phase: PodPhase.Running, IsDeleting: false } && (best is null || IsBetter(pod, best)))
            {
                best = pod;
            }
        }

        return best;

        static bool IsBetter(Pod pod, Pod than) => pod.IsReady != than.IsReady ? pod.IsReady : pod.CreatedAt < than.CreatedAt;
    }

    /// <summary>Reads what the pods of a workload wrote so far, one pod after the other.</summary>
    /// <param name="workloads">The namespace.</param>
    /// <param name="name">The workload.</param>
    /// <param name="options">Which lines; not to be followed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The lines.</returns>
    public static async IAsyncEnumerable<LogLine> ReadWorkloadLogsAsync(
        this IWorkloads workloads, string name, LogOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workloads);
        await foreach (var pod in workloads.ListPodsAsync(new PodQuery { Workload = name }, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var line in workloads.ReadLogsAsync(pod.Name, options, cancellationToken).ConfigureAwait(false))
            {
                yield return line;
            }
        }
    }
}
