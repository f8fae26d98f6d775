using SkyCompat.Conformance.Internal;
using SkyCompat.Workloads;

namespace SkyCompat.Conformance.Suites;

/// <summary>Cases of applying beside others, of manifests, and of namespaces.</summary>
internal static class WorkloadApplyCases
{
    private const string Manifest = """
        # Two documents, the second a list.
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: one}
        data:
          mode: "0644"
          text: |-
            several
            lines
        ---
        apiVersion: v1
        kind: List
        items:
        - apiVersion: v1
          kind: ConfigMap
          metadata: {name: two}
          data: {yes: "true"}
        """;

    public static IReadOnlyList<WorkloadCase> All { get; } =
    [
        new("workload.apply.dry-run", "A dry run tells what would be, and changes nothing.", DryRun),
        new("workload.apply.conflict", "A field that another manager set is a FieldConflict that names both, unless forced.", Conflict),
        new("workload.apply.malformed", "What cannot be right fails before any request.", RefuseMalformed),
        new("workload.manifest", "Documents and lists are applied into the namespace, and unchanged the second time.", ApplyManifest),
        new("workload.manifest.bad", "A text that is no manifest is a BadManifest, and nothing is applied.", (context, token) => RefuseManifest(context, "kind: [", CloudErrorCode.InvalidArgument, WorkloadErrorReasons.BadManifest, token)),
        new("workload.manifest.kind", "A kind that the cluster lacks is an ApiMissing, and nothing is applied.",
            (context, token) => RefuseManifest(context, "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}", CloudErrorCode.Unsupported, WorkloadErrorReasons.ApiMissing, token)),
        new("workload.namespace", "A namespace is made once, listed, and deleted with what is in it.", Namespace),
        new("workload.namespace.missing", "Applying into a namespace that does not exist is NotFound.", MissingNamespace),
        new("workload.namespace.quota", "What a quota refuses is a PodsRefused with the cluster's words, until the quota is raised.", Quota),
    ];

    private static async Task DryRun(WorkloadContext context, CancellationToken cancellationToken)
    {
        var dry = new ApplyOptions { DryRun = true };
        var workload = context.Server("app", "exec sleep 1000") with { Replicas = 0 };
        Expect.Equal(ApplyOutcome.Created, (await context.Workloads.ApplyAsync(workload, dry, cancellationToken)).Objects.Single().Outcome, "outcome where there is none");
        Expect.Null(await context.Workloads.TryGetAsync("app", cancellationToken), "workload");
        await context.Workloads.ApplyAsync(workload, cancellationToken: cancellationToken);
        Expect.True(!(await context.Workloads.ApplyAsync(workload, dry, cancellationToken)).Changed, "the same is unchanged");
        Expect.Equal(ApplyOutcome.Configured, (await context.Workloads.ApplyAsync(workload with { Image = context.Harness.BareImage }, dry, cancellationToken)).Objects.Single().Outcome, "outcome of another image");
        Expect.Equal(workload.Image, (await context.Workloads.GetAsync("app", cancellationToken)).Image, "image");
    }

    private static async Task Conflict(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = context.Server("app", "exec sleep 1000") with { Replicas = 0 };
        await context.Workloads.ApplyAsync(workload, cancellationToken: cancellationToken);
        await context.Harness.SetReplicasByHandAsync(context.Workloads, "app", 1, cancellationToken);
        var error = await Expect.FailsAsync(CloudErrorCode.Conflict, WorkloadErrorReasons.FieldConflict, () => context.Workloads.ApplyAsync(workload, cancellationToken: cancellationToken));
        Expect.True(error.Message.Contains(".spec.replicas", StringComparison.Ordinal), $"'{error.Message}' names the field");
        Expect.Equal(1, (await context.Workloads.GetAsync("app", cancellationToken)).Replicas, "replicas");
        Expect.True((await context.Workloads.ApplyAsync(workload, new ApplyOptions { Force = true }, cancellationToken)).Changed, "forced, it changed");
        Expect.Equal(0, (await context.Workloads.GetAsync("app", cancellationToken)).Replicas, "replicas after forcing");
    }

    private static async Task RefuseMalformed(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = context.Server("app", "exec sleep 1000");
        Workload[] wrong =
        [
            workload with { Name = "App" },
            workload with { Image = "a b" },
            workload with { Replicas = -1 },
            workload with { Environment = NamedTexts.Of("1A", "") },
            workload with { Files = NamedTexts.Of("../x", "") },
            workload with { Resources = new WorkloadResources { Cpu = 2, MaxCpu = 1 } },
            workload with { Service = new WorkloadService() },
            workload with { Kind = WorkloadKind.CronJob, Schedule = "every day" },
            workload with { Autoscale = new WorkloadAutoscale(1, 2) },
            workload with { ReadinessProbe = new WorkloadProbe() },
        ];
        foreach (var item in wrong)
        {
            await Expect.ThrowsAsync<ArgumentException>(() => context.Workloads.ApplyAsync(item, cancellationToken: cancellationToken));
        }

        await Expect.ThrowsAsync<ArgumentException>(() => context.Workloads.TryGetAsync("../x", cancellationToken));
        await Expect.ThrowsAsync<ArgumentException>(() => context.Workloads.ExecAsync("a/b", ["true"], cancellationToken: cancellationToken));
        await Expect.ThrowsAsync<ArgumentException>(() => context.Workloads.ExecAsync("pod", [], cancellationToken: cancellationToken));
        await Expect.ThrowsAsync<ArgumentException>(() => context.Workloads.OpenPortAsync("pod", 70_000, cancellationToken));
        await Expect.ThrowsAsync<ArgumentException>(() => context.Workloads.ReadLogsAsync("pod", new LogOptions { Follow = true, Previous = true }, cancellationToken).CountAsync(cancellationToken).AsTask());
        await Expect.ThrowsAsync<ArgumentException>(() => context.Namespaces.CreateAsync("No_Name", cancellationToken));
        Expect.Equal(0, await context.Workloads.ListAsync(cancellationToken).CountAsync(cancellationToken), "workloads");
    }

    private static async Task ApplyManifest(WorkloadContext context, CancellationToken cancellationToken)
    {
        var applied = await context.Workloads.ApplyManifestAsync(Manifest, cancellationToken: cancellationToken);
        var again = await context.Workloads.ApplyManifestAsync(Manifest, cancellationToken: cancellationToken);
        Expect.Sequence(
            [(ApplyOutcome.Created, context.Workloads.Name, "one"), (ApplyOutcome.Created, context.Workloads.Name, "two")],
            applied.Objects.Select(item => (item.Outcome, item.Namespace!, item.Name)),
            "objects");
        Expect.True(!again.Changed, "the second time nothing changed");
        Expect.Sequence(applied.Objects.Select(item => item.ResourceVersion), again.Objects.Select(item => item.ResourceVersion), "versions");
    }

    private static async Task RefuseManifest(WorkloadContext context, string second, CloudErrorCode code, string reason, CancellationToken cancellationToken)
    {
        const string Good = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: good}\ndata: {password: hunter2}\n";
        var error = await Expect.FailsAsync(code, reason, () => context.Workloads.ApplyManifestAsync(Good + "---\n" + second, cancellationToken: cancellationToken));
        Expect.True(!error.ToString().Contains("hunter2", StringComparison.Ordinal), "nothing of the text is in the error");
        var dry = await context.Workloads.ApplyManifestAsync(Good, new ApplyOptions { DryRun = true }, cancellationToken);
        Expect.Equal(ApplyOutcome.Created, dry.Objects.Single().Outcome, "outcome of the good document alone");
    }

    private static async Task Namespace(WorkloadContext context, CancellationToken cancellationToken)
    {
        var name = context.Workloads.Name + "-b";
        Expect.True(await context.Namespaces.CreateAsync(name, cancellationToken), "it was made");
        Expect.True(!await context.Namespaces.CreateAsync(name, cancellationToken), "it was not made twice");
        var there = context.Harness.Cluster.GetWorkloads(name);
        await there.ApplyAndWaitAsync(context.Server("app", "exec sleep 1000"), cancellationToken: cancellationToken);
        Expect.Null(await context.Workloads.TryGetAsync("app", cancellationToken), "the same in another namespace");
        Expect.Equal(1, await context.Namespaces.ListAsync(cancellationToken).CountAsync(item => item.Name == name && !item.IsDeleting, cancellationToken), "namespaces of the name");
        Expect.True(await context.Namespaces.DeleteAsync(name, cancellationToken: cancellationToken), "there was one");
        Expect.True(!await context.Namespaces.DeleteAsync(name, cancellationToken: cancellationToken), "there is none left");
        Expect.Null(await there.TryGetAsync("app", cancellationToken), "workload");
    }

    private static async Task MissingNamespace(WorkloadContext context, CancellationToken cancellationToken) =>
        await Expect.FailsAsync(CloudErrorCode.NotFound, null, () => context.Harness.Cluster.GetWorkloads(context.Workloads.Name + "-none").ApplyAsync(context.Server("app", "true"), cancellationToken: cancellationToken));

    private static async Task Quota(WorkloadContext context, CancellationToken cancellationToken)
    {
        await context.Namespaces.SetQuotaAsync(context.Workloads.Name, new NamespaceQuota { Pods = 0, Cpu = 1, MemoryBytes = 1 << 30 }, cancellationToken);
        var workload = context.Job("app", "echo done") with { Resources = new WorkloadResources { Cpu = 0.01, MemoryBytes = 16 << 20 } };
        var server = workload with { Kind = WorkloadKind.Deployment };
        var error = await context.FailAsync(server, CloudErrorCode.Unavailable, WorkloadErrorReasons.PodsRefused, cancellationToken);
        Expect.True(error.Message.Contains("exceeded quota", StringComparison.Ordinal), $"'{error.Message}' has the cluster's words");
        await context.Workloads.DeleteAsync("app", cancellationToken: cancellationToken);
        await context.Namespaces.SetQuotaAsync(context.Workloads.Name, new NamespaceQuota { Pods = 2, Cpu = 1, MemoryBytes = 1 << 30 }, cancellationToken);
        Expect.Equal(WorkloadPhase.Succeeded, (await context.Workloads.ApplyAndWaitAsync(workload, cancellationToken: cancellationToken)).Phase, "phase within the quota");
    }
}
