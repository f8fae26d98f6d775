using SkyCompat.Conformance.Internal;
using SkyCompat.Workloads;

namespace SkyCompat.Conformance.Suites;

/// <summary>Cases of what a container is given: variables, files, volumes, probes, an address.</summary>
internal static class WorkloadPartCases
{
    // Texts that a shell or a cluster would make something of.
    private const string Odd = "$(WORD) $$ $WORD \"a\"  'b' \\ ü & {{c}}";

    private static readonly TimeSpan EverySecond = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<WorkloadCase> All { get; } =
    [
        new("workload.environment", "Variables reach the program as they were written.", Environment),
        new("workload.command", "A command and its arguments reach the program as they were written.", Command),
        new("workload.secrets", "Secrets reach the program, and nothing that is told of the workload has them.", Secrets),
        new("workload.files", "Files are there, cannot be written, and roll out when they change.", Files),
        new("workload.volumes.scratch", "Scratch space can be written, in memory too, and not where it is read-only.", Scratch),
        new("workload.volumes.disk", "A disk outlives its deployment.", (context, token) => KeepDisk(context, WorkloadKind.Deployment, token)),
        new("workload.volumes.disk.replica", "The disk of a replica outlives its stateful set.", (context, token) => KeepDisk(context, WorkloadKind.StatefulSet, token)),
        new("workload.probes.readiness", "A replica is not ready before its probe says so, and then is.", Readiness),
        new("workload.probes.liveness", "A replica that hangs is started anew.", Liveness),
        new("workload.probes.startup", "A slow starter is left alone until it is up.", Startup),
        new("workload.service", "Another pod reaches a workload by its service.", Service),
        new("workload.autoscale", "An autoscaler is in place, and the number of replicas is left to it.", Autoscale),
        new("workload.disruption-budget", "A disruption budget is in place.", DisruptionBudget),
        new("workload.everything", "A deployment with everything runs, and is unchanged the second time.", Everything),
    ];

    private static async Task Environment(WorkloadContext context, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["WORD"] = "word", ["ODD"] = Odd, ["EMPTY"] = "" };
        var pod = await context.StartAsync(context.Server("app", "exec sleep 1000") with { Environment = variables }, cancellationToken);
        var seen = await context.Workloads.ExecAsync(pod, ["sh", "-c", "printf '%s|%s|%s' \"$WORD\" \"$ODD\" \"${EMPTY-unset}\""], cancellationToken: cancellationToken);
        Expect.Equal($"word|{Odd}|", seen.Output, "variables");
    }

    private static async Task Command(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = context.Server("app", "") with { Command = ["sh", "-c", "printf '%s\\n' \"$@\"; exec sleep 1000"], Arguments = ["program", Odd, "", "last"], Environment = NamedTexts.Of("WORD", "word") };
        var pod = await context.StartAsync(workload, cancellationToken);
        Expect.Sequence([Odd, "", "last"], await context.LinesAsync(pod, cancellationToken), "arguments");
    }

    private static async Task Secrets(WorkloadContext context, CancellationToken cancellationToken)
    {
        const string Secret = "hunter2 $(WORD)";
        var workload = context.Server("app", "exec sleep 1000") with { Environment = NamedTexts.Of("WORD", "word"), Secrets = NamedTexts.Of("PASSWORD", Secret) };
        var pod = await context.StartAsync(workload, cancellationToken);
        Expect.Equal(Secret, (await context.Workloads.ExecAsync(pod, ["sh", "-c", "printf '%s' \"$PASSWORD\""], cancellationToken: cancellationToken)).Output, "secret");
        object[] told = [workload, await context.Workloads.GetAsync("app", cancellationToken), (await context.PodsAsync("app", cancellationToken)).Single()];
        Expect.True(!told.Any(item => item.ToString()!.Contains("hunter2", StringComparison.Ordinal)), "the secret is not told");
    }

    private static async Task Files(WorkloadContext context, CancellationToken cancellationToken)
    {
        const string Path = "/etc/app/app.conf";
        var workload = context.Server("app", "exec sleep 1000") with { Files = NamedTexts.Of(Path, "one\n$(HOME) ü\n") };
        var pod = await context.StartAsync(workload, cancellationToken);
        Expect.Equal("one\n$(HOME) ü\n", (await context.Workloads.ExecAsync(pod, ["cat", Path], cancellationToken: cancellationToken)).Output, "file");
        Expect.NotEqual(0, (await context.Workloads.ExecAsync(pod, ["sh", "-c", $"echo two >{Path}"], cancellationToken: cancellationToken)).ExitCode, "exit code of writing to it");
        var changed = await context.StartAsync(workload with { Files = NamedTexts.Of(Path, "two\n") }, cancellationToken);
        Expect.NotEqual(pod, changed, "pod");
        Expect.Equal("two\n", (await context.Workloads.ExecAsync(changed, ["cat", Path], cancellationToken: cancellationToken)).Output, "file after the change");
    }

    private static async Task Scratch(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = context.Server("app", "exec sleep 1000") with
        {
            Volumes = [new WorkloadVolume("scratch", "/scratch"), new WorkloadVolume("memory", "/memory") { InMemory = true }, new WorkloadVolume("fixed", "/fixed") { ReadOnly = true }],
        };
        var pod = await context.StartAsync(workload, cancellationToken);
        var written = await context.Workloads.ExecAsync(pod, ["sh", "-c", "echo a >/scratch/f && echo b >/memory/f && cat /scratch/f /memory/f && mount | grep ' /memory '"], cancellationToken: cancellationToken);
        Expect.True(written.Output.StartsWith("a\nb\n", StringComparison.Ordinal), $"'{written.Output}' is what was written");
        Expect.True(written.Output.Contains("tmpfs", StringComparison.Ordinal), $"'{written.Output}' says that it is memory");
        Expect.NotEqual(0, (await context.Workloads.ExecAsync(pod, ["sh", "-c", "echo c >/fixed/f"], cancellationToken: cancellationToken)).ExitCode, "exit code of writing to what is read-only");
    }

    private static async Task KeepDisk(WorkloadContext context, WorkloadKind kind, CancellationToken cancellationToken)
    {
        var storageClass = context.Harness.StorageClass ?? throw new ConformanceSkipException("The cluster makes no disks.");
        var workload = context.Server("app", "exec sleep 1000") with { Kind = kind, Volumes = [new WorkloadVolume("data", "/data") { ClaimBytes = 1 << 20, StorageClass = storageClass }] };
        var grown = new WaitOptions { UnschedulableGrace = TimeSpan.FromMinutes(1) };
        await context.Workloads.ApplyAndWaitAsync(workload, grown, cancellationToken);
        var first = Expect.NotNull(await context.Workloads.TryGetRunningPodAsync("app", cancellationToken), "pod");
        Expect.Equal(0, (await context.Workloads.ExecAsync(first.Name, ["sh", "-c", "echo kept >/data/f"], cancellationToken: cancellationToken)).ExitCode, "exit code of writing");
        await context.Workloads.DeleteAsync("app", cancellationToken: cancellationToken);
        await context.Workloads.ApplyAndWaitAsync(workload, grown, cancellationToken);
        var second = Expect.NotNull(await context.Workloads.TryGetRunningPodAsync("app", cancellationToken), "pod of the second time");
        Expect.NotEqual(first.Uid, second.Uid, "uid");
        Expect.Equal("kept\n", (await context.Workloads.ExecAsync(second.Name, ["cat", "/data/f"], cancellationToken: cancellationToken)).Output, "what was written");
    }

    private static async Task Readiness(WorkloadContext context, CancellationToken cancellationToken)
    {
        await context.Workloads.ApplyAsync(context.Server("app", "exec sleep 1000") with { ReadinessProbe = new WorkloadProbe { Command = ["test", "-f", "/tmp/up"], Interval = EverySecond } }, cancellationToken: cancellationToken);
        var pod = await context.PodWhenAsync("app", pod => pod.Containers.Any(container => container.IsRunning), cancellationToken);
        var error = await Expect.FailsAsync(CloudErrorCode.Timeout, null, () => context.Workloads.WaitAsync("app", new WaitOptions { Timeout = TimeSpan.FromSeconds(2) }, cancellationToken));
        Expect.True(error.Message.Contains("0 of 1", StringComparison.Ordinal), $"'{error.Message}' says where it stands");
        await context.Workloads.ExecAsync(pod.Name, ["sh", "-c", "mkdir -p /tmp && touch /tmp/up"], cancellationToken: cancellationToken);
        Expect.Equal(WorkloadPhase.Ready, (await context.Workloads.WaitAsync("app", cancellationToken: cancellationToken)).Phase, "phase");
    }

    private static async Task Liveness(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = context.Server("app", "echo began; exec sleep 1000") with { LivenessProbe = new WorkloadProbe { Command = ["test", "!", "-f", "/hung"], Interval = EverySecond, Failures = 1 } };
        var pod = await context.StartAsync(workload, cancellationToken);
        await context.Workloads.ExecAsync(pod, ["touch", "/hung"], cancellationToken: cancellationToken);
        var again = await context.PodWhenAsync("app", pod => pod.Restarts > 0 && pod.IsReady, cancellationToken);
        Expect.Equal(pod, again.Name, "pod");
        Expect.Sequence(["began"], await context.Workloads.ReadLogsAsync(pod, new LogOptions { Previous = true }, cancellationToken).Select(line => line.Text).ToListAsync(cancellationToken), "output of the run before");
    }

    private static async Task Startup(WorkloadContext context, CancellationToken cancellationToken)
    {
        string[] isUp = ["test", "-f", "/up"];
        var workload = context.Server("app", "sleep 4; touch /up; exec sleep 1000") with
        {
            StartupProbe = new WorkloadProbe { Command = isUp, Interval = EverySecond, Failures = 60 },
            LivenessProbe = new WorkloadProbe { Command = isUp, Interval = EverySecond, Failures = 1 },
        };
        await context.StartAsync(workload, cancellationToken);
        Expect.Equal(0, (await context.PodsAsync("app", cancellationToken)).Single().Restarts, "restarts");
    }

    private static async Task Service(WorkloadContext context, CancellationToken cancellationToken)
    {
        await context.StartAsync(context.Site("web", "page") with { Service = new WorkloadService { Port = 80 } }, cancellationToken);

        // A pod that starts after a service has its address among its variables, on clusters without names too.
        var visitor = await context.StartAsync(context.Server("visitor", "exec sleep 1000"), cancellationToken);
        var seen = await context.Workloads.ExecAsync(
            visitor, ["sh", "-c", "for try in 1 2 3 4 5 6 7 8 9 10; do wget -q -O - http://$WEB_SERVICE_HOST:$WEB_SERVICE_PORT/ && exit 0; sleep 1; done; exit 1"], cancellationToken: cancellationToken);
        Expect.Equal((0, "page\n"), (seen.ExitCode, seen.Output), "page");
    }

    private static async Task Autoscale(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = context.Server("app", "exec sleep 1000") with { Replicas = 1, Resources = new WorkloadResources { Cpu = 0.01 }, Autoscale = new WorkloadAutoscale(2, 3) };
        var applied = await context.ApplyIfOfferedAsync(workload, cancellationToken);
        Expect.True(applied.Objects.Any(item => item.Kind == "HorizontalPodAutoscaler"), "there is an autoscaler");
        await context.PodWhenAsync("app", _ => true, cancellationToken);
        while ((await context.Workloads.GetAsync("app", cancellationToken)).Replicas < 2)
        {
            // The autoscaler looks every 15 seconds; what it does is a change of pods.
            var pods = await context.PodsAsync("app", cancellationToken);
            await context.PodWhenAsync("app", pod => !pods.Any(known => known.Uid == pod.Uid), cancellationToken);
        }

        Expect.Equal(2, (await context.Workloads.WaitAsync("app", cancellationToken: cancellationToken)).Ready, "replicas");
        Expect.True(!(await context.Workloads.ApplyAsync(workload, cancellationToken: cancellationToken)).Changed, "the number of replicas stays");
        Expect.Equal(2, (await context.Workloads.GetAsync("app", cancellationToken)).Replicas, "replicas after the second apply");
    }

    private static async Task DisruptionBudget(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = context.Server("app", "exec sleep 1000") with { MinAvailable = 1 };
        var applied = await context.ApplyIfOfferedAsync(workload, cancellationToken);
        Expect.Sequence(["Deployment", "PodDisruptionBudget"], applied.Objects.Select(item => item.Kind), "objects");
        await context.Workloads.WaitAsync("app", cancellationToken: cancellationToken);
        Expect.Sequence([ApplyOutcome.Unchanged, ApplyOutcome.Configured], (await context.Workloads.ApplyAsync(workload with { MinAvailable = 0 }, cancellationToken: cancellationToken)).Objects.Select(item => item.Outcome), "outcomes");
    }

    private static async Task Everything(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = context.Site("web", "page") with
        {
            Command = ["sh", "-c", "echo $GREETING $SECRET $(cat /etc/web/motd); echo page >/www/index.html; exec httpd -f -p 8080 -h /www"],
            Replicas = 2,
            Environment = NamedTexts.Of("GREETING", "hello"),
            Secrets = NamedTexts.Of("SECRET", "s3cret"),
            Files = NamedTexts.Of("/etc/web/motd", "of the day"),
            Resources = new WorkloadResources { Cpu = 0.05, MaxCpu = 1, MemoryBytes = 16 << 20, MaxMemoryBytes = 64 << 20 },
            Ports = [new WorkloadPort(8080, "http")],
            Volumes = [new WorkloadVolume("scratch", "/www")],
            Service = new WorkloadService { Port = 80 },
            Ingress = new WorkloadIngress("shop.example.com"),
            MinAvailable = 1,
        };
        var first = await context.ApplyIfOfferedAsync(workload, cancellationToken);
        Expect.Sequence(["Secret", "ConfigMap", "Deployment", "Service", "Ingress", "PodDisruptionBudget"], first.Objects.Select(item => item.Kind), "objects");
        Expect.True(first.Objects.All(item => item.Outcome == ApplyOutcome.Created), "all are new");
        var status = await context.Workloads.WaitAsync("web", cancellationToken: cancellationToken);
        Expect.Equal((WorkloadPhase.Ready, 2), (status.Phase, status.Ready), "status");
        var second = await context.Workloads.ApplyAsync(workload, cancellationToken: cancellationToken);
        var third = await context.Workloads.ApplyAsync(workload, cancellationToken: cancellationToken);
        Expect.True(!second.Changed && !third.Changed, $"nothing changed of {string.Join(", ", second.Objects.Concat(third.Objects))}");
        string[] settled = ["Secret", "ConfigMap", "Service", "Ingress"];
        Expect.Sequence(VersionsOf(first), VersionsOf(third), "versions of what no controller touches");
        Expect.Sequence(["hello s3cret of the day"], (await context.LinesAsync((await context.PodsAsync("web", cancellationToken))[0].Name, cancellationToken)).Take(1), "output");

        IEnumerable<string?> VersionsOf(ApplyResult result) => result.Objects.Where(item => settled.Contains(item.Kind, StringComparer.Ordinal)).Select(item => item.ResourceVersion);
    }
}
