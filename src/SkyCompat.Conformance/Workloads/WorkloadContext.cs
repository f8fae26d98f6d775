using SkyCompat.Conformance.Internal;
using SkyCompat.Workloads;

namespace SkyCompat.Conformance;

/// <summary>Where one run of a case of workloads happens: a namespace of its own.</summary>
public sealed class WorkloadContext
{
    internal WorkloadContext(WorkloadHarness harness, string caseId, IWorkloads workloads)
    {
        Harness = harness;
        CaseId = caseId;
        Workloads = workloads;
    }

    /// <summary>The cluster under test.</summary>
    public WorkloadHarness Harness { get; }

    /// <summary>The case.</summary>
    public string CaseId { get; }

    /// <summary>The namespace of this run.</summary>
    public IWorkloads Workloads { get; }

    internal INamespaces Namespaces => Workloads.GetRequiredService<INamespaces>();

    internal IWorkloadActivity Activity => Workloads.GetRequiredService<IWorkloadActivity>();

    /// <summary>What runs one shell line for good.</summary>
    internal Workload Server(string name, string line) => new() { Name = name, Image = Harness.ShellImage, Command = ["sh", "-c", line], StopTimeout = TimeSpan.Zero };

    /// <summary>A job of one shell line.</summary>
    internal Workload Job(string name, string line) => Server(name, line) with { Kind = WorkloadKind.Job };

    /// <summary>A server that serves a page by HTTP on port 8080.</summary>
    internal Workload Site(string name, string page) => Server(name, $"mkdir /w; echo {page} >/w/index.html; exec httpd -f -p 8080 -h /w") with
    {
        Ports = [new WorkloadPort(8080)],
        ReadinessProbe = new WorkloadProbe { Path = "/", Port = 8080, Interval = TimeSpan.FromSeconds(1) },
    };

    /// <summary>Applies a workload, waits for it and names its pod.</summary>
    internal async Task<string> StartAsync(Workload workload, CancellationToken cancellationToken)
    {
        await Workloads.ApplyAndWaitAsync(workload, cancellationToken: cancellationToken);
        return Expect.NotNull(await Workloads.TryGetRunningPodAsync(workload.Name, cancellationToken), "pod").Name;
    }

    /// <summary>The pods of a workload that are not being deleted.</summary>
    internal async Task<IReadOnlyList<Pod>> PodsAsync(string workload, CancellationToken cancellationToken) =>
        await Workloads.ListPodsAsync(new PodQuery { Workload = workload }, cancellationToken).Where(pod => !pod.IsDeleting).ToListAsync(cancellationToken);

    /// <summary>Waits until a pod of a workload is as told.</summary>
    internal async Task<Pod> PodWhenAsync(string workload, Func<Pod, bool> isSo, CancellationToken cancellationToken) =>
        (await Activity.WatchPodsAsync(new PodQuery { Workload = workload }, cancellationToken).FirstAsync(change => isSo(change.Pod), cancellationToken)).Pod;

    /// <summary>All lines of a workload's one pod that has ended or writes no more.</summary>
    internal async Task<IReadOnlyList<string>> LinesAsync(string pod, CancellationToken cancellationToken) =>
        await Workloads.ReadLogsAsync(pod, cancellationToken: cancellationToken).Select(line => line.Text).ToListAsync(cancellationToken);

    /// <summary>Applies a workload whose rollout must fail, and has the error.</summary>
    internal async Task<CloudException> FailAsync(Workload workload, CloudErrorCode code, string reason, CancellationToken cancellationToken)
    {
        await Workloads.ApplyAsync(workload, cancellationToken: cancellationToken);
        var error = await Expect.FailsAsync(code, reason, () => Workloads.WaitAsync(workload.Name, cancellationToken: cancellationToken), workload.Name);
        Expect.True(!error.IsTransient, "not transient");
        return error;
    }

    /// <summary>Applies what a cluster may lack the interface for; the case is then skipped with the cluster's lack.</summary>
    internal async Task<ApplyResult> ApplyIfOfferedAsync(Workload workload, CancellationToken cancellationToken)
    {
        try
        {
            return await Workloads.ApplyAsync(workload, cancellationToken: cancellationToken);
        }
        catch (CloudException exception) when (exception.Reason == WorkloadErrorReasons.ApiMissing)
        {
            throw new ConformanceSkipException(exception.Message, exception);
        }
    }
}
