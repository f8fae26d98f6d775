using System.Runtime.CompilerServices;
using SkyCompat.Drivers;

namespace SkyCompat.Workloads;

/// <summary>The portable workloads over a driver: checks, waiting, reconnecting, retries and telemetry, once for all clusters.</summary>
internal sealed class ClusterWorkloads(WorkloadCalls calls, string name, BucketGrants grants) : IWorkloads
{
    private static readonly ApplyOptions DefaultApply = new();

    public string Name => name;

    public Task<ApplyResult> ApplyAsync(Workload workload, ApplyOptions? options = null, CancellationToken cancellationToken = default)
    {
        WorkloadChecks.Check(workload);
        var granted = grants.Grant(workload);
        return calls.TraceAsync(
            "ApplyWorkload",
            workload.Name,
            async token =>
            {
                var items = await calls.SendAsync("RenderWorkload", workload.Name, (driver, attempt) => driver.RenderAsync(name, granted, attempt), token).ConfigureAwait(false);
                return await ApplyAsync(items, options ?? DefaultApply, token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    public Task<ApplyResult> ApplyManifestAsync(string yaml, ApplyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        return calls.TraceAsync(
            "ApplyManifest",
            name,
            async token =>
            {
                var items = await calls.SendAsync("ReadManifest", name, (driver, attempt) => driver.ReadManifestAsync(name, yaml, attempt), token).ConfigureAwait(false);
                return await ApplyAsync(items, options ?? DefaultApply, token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    public Task<WorkloadStatus?> TryGetAsync(string workload, CancellationToken cancellationToken = default)
    {
        WorkloadChecks.CheckName(workload, nameof(workload));
        return calls.TraceAsync("GetWorkload", workload, token => calls.SendAsync("GetWorkload", workload, (driver, attempt) => driver.TryGetAsync(name, workload, attempt), token), cancellationToken);
    }

    public IAsyncEnumerable<WorkloadStatus> ListAsync(CancellationToken cancellationToken = default) =>
        calls.ListAsync("ListWorkloads", name, (driver, page, token) => driver.ListAsync(name, page, token), cancellationToken);

    public Task<WorkloadStatus> WaitAsync(string workload, WaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        WorkloadChecks.CheckName(workload, nameof(workload));
        var checkedOptions = WorkloadChecks.Check(options);
        return calls.TraceAsync("WaitForWorkload", workload, token => new Rollout(calls, name, workload, checkedOptions).WaitAsync(token), cancellationToken);
    }

    public Task<bool> DeleteAsync(string workload, WaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        WorkloadChecks.CheckName(workload, nameof(workload));
        var checkedOptions = WorkloadChecks.Check(options);
        return calls.TraceAsync("DeleteWorkload", workload, token => new Deletion(calls, checkedOptions).DeleteWorkloadAsync(name, workload, token), cancellationToken);
    }

    public async IAsyncEnumerable<Pod> ListPodsAsync(PodQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var checkedQuery = WorkloadChecks.Check(query);
        string? next = null;
        do
        {
            var asked = next;
            var page = await calls.TraceAsync(
                "ListPods", name, token => calls.SendAsync("ListPods", name, (driver, attempt) => driver.ListPodsAsync(name, checkedQuery, asked, attempt), token), cancellationToken).ConfigureAwait(false);
            foreach (var pod in page.Pods)
            {
                yield return pod;
            }

            next = page.NextPageToken;
        }
        while (next is not null);
    }

    public IAsyncEnumerable<LogLine> ReadLogsAsync(string pod, LogOptions? options = null, CancellationToken cancellationToken = default)
    {
        WorkloadChecks.CheckPodName(pod);
        return new PodLog(calls, name, pod, WorkloadChecks.Check(options)).ReadAsync(cancellationToken);
    }

    public Task<ExecResult> ExecAsync(string pod, IReadOnlyList<string> command, ExecOptions? options = null, CancellationToken cancellationToken = default)
    {
        WorkloadChecks.CheckPodName(pod);
        WorkloadChecks.CheckCommand(command);
        var checkedOptions = WorkloadChecks.Check(options);

        // Without retries and idle timeout: a program may be silent for long, and may not be run twice.
        return calls.TraceAsync(
            "ExecInPod",
            pod,
            async token =>
            {
                var container = checkedOptions.Container ?? MainContainer(await FindPodAsync(pod, token).ConfigureAwait(false));
                return await calls.Driver.ExecAsync(name, pod, command, checkedOptions with { Container = container }, token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    public Task<Stream> OpenPortAsync(string pod, int port, CancellationToken cancellationToken = default)
    {
        WorkloadChecks.CheckPodName(pod);
        WorkloadChecks.CheckPort(port, nameof(port));
        return calls.TraceAsync(
            "OpenPodPort", pod, token => calls.SendAsync("OpenPodPort", pod, (driver, attempt) => driver.OpenPortAsync(name, pod, port, attempt), token), cancellationToken);
    }

    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(INamespaces) ? new Namespaces(calls)
            : serviceType == typeof(IWorkloadActivity) ? new WorkloadActivity(calls, name)
            : calls.Driver.GetService(serviceType);
    }

    /// <summary>The container that is meant where none is named.</summary>
    public static string? MainContainer(Pod pod) => pod.Containers.FirstOrDefault(container => !container.IsInit)?.Name;

    private async Task<Pod> FindPodAsync(string pod, CancellationToken cancellationToken) =>
        await calls.SendAsync("GetPod", pod, (driver, attempt) => driver.TryGetPodAsync(name, pod, attempt), cancellationToken).ConfigureAwait(false)
        ?? throw new CloudException(CloudErrorCode.NotFound, $"Namespace '{name}' has no pod '{pod}'; list those there are.") { Resource = pod };

    private async Task<ApplyResult> ApplyAsync(IReadOnlyList<ManifestObject> items, ApplyOptions options, CancellationToken cancellationToken)
    {
        var applied = new List<AppliedObject>(items.Count);
        foreach (var item in items)
        {
            applied.Add(await calls.SendAsync("ApplyObject", item.ToString(), (driver, attempt) => driver.ApplyAsync(item, options, attempt), cancellationToken).ConfigureAwait(false));
        }

        return new ApplyResult(applied);
    }
}
