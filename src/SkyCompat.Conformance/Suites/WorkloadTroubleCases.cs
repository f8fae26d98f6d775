using SkyCompat.Conformance.Internal;
using SkyCompat.Workloads;

namespace SkyCompat.Conformance.Suites;

/// <summary>Cases of what keeps pods from running: each is said at once, with the pod and the reason.</summary>
internal static class WorkloadTroubleCases
{
    public static IReadOnlyList<WorkloadCase> All { get; } =
    [
        new("workload.trouble.image", "An image that cannot be pulled is an ImagePull that names pod and image.", Image),
        new("workload.trouble.crash-loop", "A container that ends again and again is a CrashLoop with exit code and last lines.", CrashLoop),
        new("workload.trouble.memory", "A container that takes too much memory is OutOfMemory.", OutOfMemory),
        new("workload.trouble.program", "A program that the image lacks cannot start.", MissingProgram),
        new("workload.trouble.room", "A pod that no node takes is Unschedulable with the scheduler's words.", Unschedulable),
        new("workload.trouble.room.grace", "A pod that no node takes is waited for as long as is allowed.", UnschedulableGrace),
        new("workload.trouble.job", "A failed job is a JobFailed with exit code and last lines.", FailedJob),
        new("workload.trouble.job.retries", "A job fails after its retries.", FailedRetries),
        new("workload.trouble.job.deadline", "A job past its deadline is a DeadlineExceeded.", Deadline),
        new("workload.trouble.update", "A rollout that fails names the new pod, and the old ones run on.", FailedUpdate),
    ];

    private static async Task Image(WorkloadContext context, CancellationToken cancellationToken)
    {
        const string Missing = "127.0.0.1:9/no/such:image";
        var error = await context.FailAsync(context.Server("app", "true") with { Image = Missing }, CloudErrorCode.Unavailable, WorkloadErrorReasons.ImagePull, cancellationToken);
        ExpectSaid(error, Missing);
        ExpectSaid(error, (await context.PodsAsync("app", cancellationToken)).Single().Name);
    }

    /// <summary>Without a probe a container is ready as soon as it runs, and what ends later ends after the rollout.</summary>
    private static Workload NeverReady(WorkloadContext context, string script) => context.Server("app", script) with { ReadinessProbe = new WorkloadProbe { Command = ["false"] } };

    private static async Task CrashLoop(WorkloadContext context, CancellationToken cancellationToken)
    {
        var error = await context.FailAsync(NeverReady(context, "echo the last words; exit 7"), CloudErrorCode.Unavailable, WorkloadErrorReasons.CrashLoop, cancellationToken);
        ExpectSaid(error, "exit code 7");
        ExpectSaid(error, "the last words");
    }

    private static async Task OutOfMemory(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = NeverReady(context, "x=x; while :; do x=$x$x; done") with { Resources = new WorkloadResources { MaxMemoryBytes = 16 << 20 } };
        ExpectSaid(await context.FailAsync(workload, CloudErrorCode.Unavailable, WorkloadErrorReasons.OutOfMemory, cancellationToken), "MaxMemoryBytes");
    }

    private static async Task MissingProgram(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = new Workload { Name = "app", Image = context.Harness.BareImage, Command = ["/bin/sh"] };
        ExpectSaid(await context.FailAsync(workload, CloudErrorCode.Unavailable, WorkloadErrorReasons.CannotStart, cancellationToken), "/bin/sh");
    }

    private static async Task Unschedulable(WorkloadContext context, CancellationToken cancellationToken) =>
        ExpectSaid(await context.FailAsync(TooLarge(context), CloudErrorCode.CapacityShortage, WorkloadErrorReasons.Unschedulable, cancellationToken), "Insufficient cpu");

    private static async Task UnschedulableGrace(WorkloadContext context, CancellationToken cancellationToken)
    {
        await context.Workloads.ApplyAsync(TooLarge(context), cancellationToken: cancellationToken);
        var options = new WaitOptions { Timeout = TimeSpan.FromSeconds(2), UnschedulableGrace = TimeSpan.FromMinutes(1) };
        var error = await Expect.FailsAsync(CloudErrorCode.Timeout, null, () => context.Workloads.WaitAsync("app", options, cancellationToken));
        ExpectSaid(error, "0 of 1");
    }

    private static async Task FailedJob(WorkloadContext context, CancellationToken cancellationToken)
    {
        var error = await context.FailAsync(context.Job("crunch", "echo cannot go on; exit 3"), CloudErrorCode.Unavailable, WorkloadErrorReasons.JobFailed, cancellationToken);
        ExpectSaid(error, "ended with 3");
        ExpectSaid(error, "cannot go on");
    }

    private static async Task FailedRetries(WorkloadContext context, CancellationToken cancellationToken)
    {
        await context.FailAsync(context.Job("crunch", "exit 3") with { Job = new JobSettings { Retries = 1 } }, CloudErrorCode.Unavailable, WorkloadErrorReasons.JobFailed, cancellationToken);
        var status = await context.Workloads.GetAsync("crunch", cancellationToken);
        Expect.Equal((WorkloadPhase.Failed, 2), (status.Phase, status.Failures), "phase and failed runs");
    }

    private static async Task Deadline(WorkloadContext context, CancellationToken cancellationToken) =>
        ExpectSaid(
            await context.FailAsync(context.Job("crunch", "exec sleep 1000") with { Job = new JobSettings { Deadline = TimeSpan.FromSeconds(2) } }, CloudErrorCode.Timeout, WorkloadErrorReasons.DeadlineExceeded, cancellationToken),
            "Job.Deadline");

    private static async Task FailedUpdate(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = context.Server("app", "exec sleep 1000");
        var before = await context.StartAsync(workload, cancellationToken);
        var error = await context.FailAsync(workload with { Image = "127.0.0.1:9/no/such:image" }, CloudErrorCode.Unavailable, WorkloadErrorReasons.ImagePull, cancellationToken);
        var pods = await context.PodsAsync("app", cancellationToken);
        Expect.True(pods.Any(pod => pod.Name == before && pod.IsReady), "the old pod runs on");
        ExpectSaid(error, pods.Single(pod => pod.Name != before).Name);
        Expect.True(!error.Message.Contains(before, StringComparison.Ordinal), $"'{error.Message}' does not name the old pod");
    }

    private static Workload TooLarge(WorkloadContext context) => context.Server("app", "true") with { Resources = new WorkloadResources { Cpu = 999 } };

    private static void ExpectSaid(CloudException error, string text) => Expect.True(error.Message.Contains(text, StringComparison.Ordinal), $"'{error.Message}' has '{text}'");
}
