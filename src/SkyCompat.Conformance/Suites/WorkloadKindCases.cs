using SkyCompat.Conformance.Internal;
using SkyCompat.Workloads;

namespace SkyCompat.Conformance.Suites;

/// <summary>Cases of each kind of workload, from its first apply to its end.</summary>
internal static class WorkloadKindCases
{
    private const int MaxLooks = 5;

    private static readonly (WorkloadKind Kind, string Id, string Title)[] Kinds =
    [
        (WorkloadKind.Deployment, "deployment", "deployment"),
        (WorkloadKind.StatefulSet, "stateful-set", "stateful set"),
        (WorkloadKind.Job, "job", "job"),
        (WorkloadKind.ParallelJob, "parallel-job", "parallel job"),
        (WorkloadKind.CronJob, "cron-job", "cron job"),
    ];

    public static IReadOnlyList<WorkloadCase> All { get; } =
    [
        new("workload.deployment.ready", "A deployment is applied and ready with all its replicas.", Deployment),
        new("workload.deployment.update", "A changed deployment rolls out, and only its new pods are left.", (context, token) => RollOut(context, WorkloadKind.Deployment, token)),
        new("workload.deployment.scale", "Replicas are added and taken away, down to none.", Scale),
        new("workload.stateful-set.ready", "A stateful set is ready, and its replicas are numbered.", StatefulSet),
        new("workload.stateful-set.update", "A changed stateful set rolls out.", (context, token) => RollOut(context, WorkloadKind.StatefulSet, token)),
        new("workload.job.ready", "A job succeeds, and tells its progress.", Job),
        new("workload.job.update", "A job that was begun cannot be changed.", (context, token) => RefuseChange(context, WorkloadKind.Job, token)),
        new("workload.parallel-job.ready", "A parallel job succeeds as often as it is to.", ParallelJob),
        new("workload.parallel-job.update", "A parallel job that was begun cannot be changed.", (context, token) => RefuseChange(context, WorkloadKind.ParallelJob, token)),
        new("workload.cron-job.ready", "A cron job is in place and starts at its time.", CronJob),
        new("workload.cron-job.update", "A cron job takes another schedule.", Reschedule),
        .. Kinds.Select(kind => new WorkloadCase($"workload.{kind.Id}.unchanged", $"A {kind.Title} that is applied again as it is stays as it is.", (context, token) => StayUnchanged(context, kind.Kind, token))),
        .. Kinds.Select(kind => new WorkloadCase($"workload.{kind.Id}.delete", $"Deleting a {kind.Title} ends when nothing of it is left.", (context, token) => Delete(context, kind.Kind, token))),
        new("workload.list", "Workloads of every kind are listed.", List),
        new("workload.missing", "A workload that does not exist has no status, is deleted already and cannot be waited for.", Missing),
    ];

    private static async Task Deployment(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = Sample(context, WorkloadKind.Deployment, "one") with { Replicas = 2 };
        var applied = await context.Workloads.ApplyAsync(workload, cancellationToken: cancellationToken);
        var status = await context.Workloads.WaitAsync(workload.Name, cancellationToken: cancellationToken);
        Expect.Equal(ApplyOutcome.Created, applied.Objects.Single().Outcome, "outcome");
        Expect.Equal((WorkloadKind.Deployment, WorkloadPhase.Ready, 2, 2), (status.Kind, status.Phase, status.Ready, status.Replicas), "status");
        Expect.Equal(context.Harness.ShellImage, status.Image, "image");
        var pods = await context.PodsAsync(workload.Name, cancellationToken);
        Expect.Equal(2, pods.Count(pod => pod.IsReady && pod.Workload == workload.Name && pod.Revision == status.Revision), "ready pods");
    }

    private static async Task StatefulSet(WorkloadContext context, CancellationToken cancellationToken)
    {
        var status = await context.Workloads.ApplyAndWaitAsync(context.Server("store", "hostname; exec sleep 1000") with { Kind = WorkloadKind.StatefulSet, Replicas = 2 }, cancellationToken: cancellationToken);
        Expect.Equal((WorkloadKind.StatefulSet, WorkloadPhase.Ready, 2), (status.Kind, status.Phase, status.Ready), "status");
        Expect.Sequence(["store-0", "store-1"], (await context.PodsAsync("store", cancellationToken)).Select(pod => pod.Name), "pods");
        Expect.Sequence(["store-1"], await context.LinesAsync("store-1", cancellationToken), "its name to itself");
    }

    private static async Task Job(WorkloadContext context, CancellationToken cancellationToken)
    {
        var told = new RecordedStatus();
        var workload = Sample(context, WorkloadKind.Job, "done");
        await context.Workloads.ApplyAsync(workload, cancellationToken: cancellationToken);
        var status = await context.Workloads.WaitAsync(workload.Name, new WaitOptions { Progress = told }, cancellationToken);
        Expect.Equal((WorkloadKind.Job, WorkloadPhase.Succeeded, 1, 0), (status.Kind, status.Phase, status.Ready, status.Failures), "status");
        Expect.Equal(status, told.Last, "last progress");
        var pod = (await context.PodsAsync(workload.Name, cancellationToken)).Single();
        Expect.Equal(PodPhase.Succeeded, pod.Phase, "phase of the pod");
        Expect.Sequence(["done"], await context.LinesAsync(pod.Name, cancellationToken), "output");
    }

    private static async Task ParallelJob(WorkloadContext context, CancellationToken cancellationToken)
    {
        var status = await context.Workloads.ApplyAndWaitAsync(Sample(context, WorkloadKind.ParallelJob, "part"), cancellationToken: cancellationToken);
        Expect.Equal((WorkloadKind.ParallelJob, WorkloadPhase.Succeeded, 3), (status.Kind, status.Phase, status.Ready), "status");
        Expect.Equal(3, (await context.PodsAsync(status.Name, cancellationToken)).Count(pod => pod.Phase == PodPhase.Succeeded), "runs");
    }

    private static async Task CronJob(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = Sample(context, WorkloadKind.CronJob, "tick") with { Schedule = "* * * * *" };
        await context.ApplyIfOfferedAsync(workload, cancellationToken);
        Expect.Equal(WorkloadPhase.Ready, (await context.Workloads.WaitAsync(workload.Name, cancellationToken: cancellationToken)).Phase, "phase");
        var pod = await context.PodWhenAsync(workload.Name, pod => pod.Phase == PodPhase.Succeeded, cancellationToken);
        Expect.Sequence(["tick"], await context.LinesAsync(pod.Name, cancellationToken), "output");
        Expect.NotEqual(null, (await context.Workloads.GetAsync(workload.Name, cancellationToken)).LastScheduledAt, "last start");
    }

    private static async Task RollOut(WorkloadContext context, WorkloadKind kind, CancellationToken cancellationToken)
    {
        var workload = Sample(context, kind, "one");
        var first = await context.Workloads.ApplyAndWaitAsync(workload, cancellationToken: cancellationToken);
        var changed = await context.Workloads.ApplyAsync(Sample(context, kind, "two"), cancellationToken: cancellationToken);
        var second = await context.Workloads.WaitAsync(workload.Name, cancellationToken: cancellationToken);
        Expect.Equal(ApplyOutcome.Configured, changed.Objects[0].Outcome, "outcome");
        Expect.NotEqual(first.Revision, second.Revision, "revision");
        var running = Expect.NotNull(await context.Workloads.TryGetRunningPodAsync(workload.Name, cancellationToken), "pod");
        Expect.Equal(second.Revision, running.Revision, "revision of the pod");
        Expect.Sequence(["two"], await context.LinesAsync(running.Name, cancellationToken), "output");
    }

    private static async Task Scale(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = Sample(context, WorkloadKind.Deployment, "one");
        foreach (var replicas in new[] { 1, 3, 0 })
        {
            var status = await context.Workloads.ApplyAndWaitAsync(workload with { Replicas = replicas }, cancellationToken: cancellationToken);
            Expect.Equal((WorkloadPhase.Ready, replicas, replicas), (status.Phase, status.Replicas, status.Ready), "status");
        }
    }

    private static async Task RefuseChange(WorkloadContext context, WorkloadKind kind, CancellationToken cancellationToken)
    {
        await context.Workloads.ApplyAndWaitAsync(Sample(context, kind, "one"), cancellationToken: cancellationToken);
        var error = await Expect.FailsAsync(CloudErrorCode.Conflict, null, () => context.Workloads.ApplyAsync(Sample(context, kind, "two"), cancellationToken: cancellationToken));
        Expect.True(error.Message.Contains("immutable", StringComparison.Ordinal), $"'{error.Message}' says that it cannot be changed");
    }

    private static async Task Reschedule(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = Sample(context, WorkloadKind.CronJob, "tick");
        await context.ApplyIfOfferedAsync(workload, cancellationToken);
        var changed = await context.Workloads.ApplyAsync(workload with { Schedule = "@weekly" }, cancellationToken: cancellationToken);
        var again = await context.Workloads.ApplyAsync(workload with { Schedule = "@weekly" }, cancellationToken: cancellationToken);
        Expect.Equal((ApplyOutcome.Configured, ApplyOutcome.Unchanged), (changed.Objects.Single().Outcome, again.Objects.Single().Outcome), "outcomes");
    }

    private static async Task StayUnchanged(WorkloadContext context, WorkloadKind kind, CancellationToken cancellationToken)
    {
        var workload = Sample(context, kind, "one");
        await context.ApplyIfOfferedAsync(workload, cancellationToken);
        await context.Workloads.WaitAsync(workload.Name, cancellationToken: cancellationToken);
        for (var look = 1; ; look++)
        {
            var before = await context.Workloads.GetAsync(workload.Name, cancellationToken);
            var applied = await context.Workloads.ApplyAsync(workload, cancellationToken: cancellationToken);
            var after = await context.Workloads.GetAsync(workload.Name, cancellationToken);
            Expect.True(!applied.Changed, $"nothing changed of {string.Join(", ", applied.Objects)}");
            if (before.ResourceVersion == after.ResourceVersion)
            {
                return;
            }

            // A controller may have noted something in between, but not each time.
            Expect.True(look < MaxLooks, $"the resource version stays, and is {before.ResourceVersion} and {after.ResourceVersion}");
        }
    }

    private static async Task Delete(WorkloadContext context, WorkloadKind kind, CancellationToken cancellationToken)
    {
        var workload = Sample(context, kind, "one") with { Secrets = NamedTexts.Of("KEY", "value"), Files = NamedTexts.Of("/etc/app", "text") };
        await context.ApplyIfOfferedAsync(workload, cancellationToken);
        await context.Workloads.WaitAsync(workload.Name, cancellationToken: cancellationToken);
        Expect.True(await context.Workloads.DeleteAsync(workload.Name, cancellationToken: cancellationToken), "there was something to delete");
        Expect.Null(await context.Workloads.TryGetAsync(workload.Name, cancellationToken), "workload");
        Expect.Equal(0, (await context.PodsAsync(workload.Name, cancellationToken)).Count, "pods");
        var anew = await context.Workloads.ApplyAsync(workload, new ApplyOptions { DryRun = true }, cancellationToken);
        Expect.True(anew.Objects.All(item => item.Outcome == ApplyOutcome.Created), $"none is left of {string.Join(", ", anew.Objects)}");
        Expect.True(!await context.Workloads.DeleteAsync(workload.Name, cancellationToken: cancellationToken), "there was nothing left to delete");
    }

    private static async Task List(WorkloadContext context, CancellationToken cancellationToken)
    {
        foreach (var (kind, id, _) in Kinds)
        {
            await context.ApplyIfOfferedAsync(Sample(context, kind, "one") with { Name = id }, cancellationToken);
        }

        var listed = await context.Workloads.ListAsync(cancellationToken).Select(item => (item.Kind, item.Name)).ToListAsync(cancellationToken);
        Expect.Sequence(Kinds.Select(kind => (kind.Kind, kind.Id)).OrderBy(item => item.Id, StringComparer.Ordinal), listed.OrderBy(item => item.Name, StringComparer.Ordinal), "workloads");
    }

    private static async Task Missing(WorkloadContext context, CancellationToken cancellationToken)
    {
        Expect.Null(await context.Workloads.TryGetAsync("nobody", cancellationToken), "status");
        Expect.True(!await context.Workloads.DeleteAsync("nobody", cancellationToken: cancellationToken), "there was nothing to delete");
        await Expect.FailsAsync(CloudErrorCode.NotFound, null, () => context.Workloads.GetAsync("nobody", cancellationToken));
        await Expect.FailsAsync(CloudErrorCode.NotFound, null, () => context.Workloads.WaitAsync("nobody", cancellationToken: cancellationToken));
    }

    /// <summary>A workload of a kind that writes a word, which changes what it runs.</summary>
    private static Workload Sample(WorkloadContext context, WorkloadKind kind, string word)
    {
        var isServer = kind is WorkloadKind.Deployment or WorkloadKind.StatefulSet;
        return context.Server("app", isServer ? "echo $WORD; exec sleep 1000" : "echo $WORD") with
        {
            Kind = kind,
            Environment = NamedTexts.Of("WORD", word),
            Replicas = kind == WorkloadKind.ParallelJob ? 2 : 1,
            Job = kind == WorkloadKind.ParallelJob ? new JobSettings { Completions = 3 } : null,
            Schedule = kind == WorkloadKind.CronJob ? "0 3 * * *" : null,
        };
    }
}
