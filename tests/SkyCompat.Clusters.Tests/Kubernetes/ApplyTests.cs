using k8s;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>Workloads become what is wanted on a real cluster, and stay as they are when nothing changed.</summary>
public sealed class ApplyTests : ClusterTest
{
    [Fact]
    public async Task Apply_DeploymentWithEverything_RunsAndIsUnchangedTheSecondTime()
    {
        var workload = TestCluster.Server("web", "echo $GREETING $SECRET $(cat /etc/web/motd); mkdir -p /www; echo page >/www/index.html; httpd -f -p 8080 -h /www") with
        {
            Replicas = 2,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["GREETING"] = "hello" },
            Secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["SECRET"] = "s3cret" },
            Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["/etc/web/motd"] = "of the day" },
            Resources = new WorkloadResources { Cpu = 0.05, MaxCpu = 1, MemoryBytes = 16 << 20, MaxMemoryBytes = 64 << 20 },
            Ports = [new WorkloadPort(8080, "http")],
            ReadinessProbe = new WorkloadProbe { Path = "/", Port = 8080, Interval = TimeSpan.FromSeconds(1) },
            Volumes = [new WorkloadVolume("scratch", "/www")],
            Service = new WorkloadService { Port = 80 },
            Ingress = new WorkloadIngress("shop.example.com"),
            MinAvailable = 1,
        };

        var first = await Workloads.ApplyAsync(workload, cancellationToken: Token);
        var status = await Workloads.WaitAsync("web", cancellationToken: Token);
        var before = await VersionsAsync();
        var second = await Workloads.ApplyAsync(workload, cancellationToken: Token);

        first.Objects.ShouldAllBe(item => item.Outcome == ApplyOutcome.Created);
        first.Objects.Select(item => item.Kind).ShouldBe(["Secret", "ConfigMap", "Deployment", "Service", "Ingress", "PodDisruptionBudget"]);
        status.Phase.ShouldBe(WorkloadPhase.Ready);
        status.Ready.ShouldBe(2);
        second.Changed.ShouldBeFalse(string.Join(", ", second.Objects));
        (await VersionsAsync()).ShouldBe(before);
        var line = await Workloads.ReadLogsAsync((await Cluster.PodOfAsync("web")).Name, cancellationToken: Token).FirstAsync(Token);
        line.Text.ShouldBe("hello s3cret of the day");

        async Task<string> VersionsAsync()
        {
            var secret = await Cluster.Native.CoreV1.ReadNamespacedSecretAsync("web-secrets", Cluster.Namespace, cancellationToken: Token);
            var service = await Cluster.Native.CoreV1.ReadNamespacedServiceAsync("web", Cluster.Namespace, cancellationToken: Token);
            var ingress = await Cluster.Native.NetworkingV1.ReadNamespacedIngressAsync("web", Cluster.Namespace, cancellationToken: Token);
            var generation = (await Cluster.Native.AppsV1.ReadNamespacedDeploymentAsync("web", Cluster.Namespace, cancellationToken: Token)).Metadata.ResourceVersion;
            return $"{secret.Metadata.ResourceVersion} {service.Metadata.ResourceVersion} {ingress.Metadata.ResourceVersion} {generation}";
        }
    }

    [Fact]
    public async Task Apply_ChangedImageAndFiles_RollsOut_AndDeleteLeavesNothing()
    {
        var workload = TestCluster.Server("app", "cat /etc/app; sleep 1000") with { Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["/etc/app"] = "one\n" } };
        var first = await Workloads.ApplyAndWaitAsync(workload, cancellationToken: Token);

        var second = await Workloads.ApplyAndWaitAsync(workload with { Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["/etc/app"] = "two\n" } }, cancellationToken: Token);
        var running = await Workloads.TryGetRunningPodAsync("app", Token);
        var said = await Workloads.ReadLogsAsync(running!.Name, cancellationToken: Token).FirstAsync(Token);
        var existed = await Workloads.DeleteAsync("app", cancellationToken: Token);

        (second.Revision != first.Revision).ShouldBeTrue();
        running.Revision.ShouldBe(second.Revision);
        said.Text.ShouldBe("two");
        existed.ShouldBeTrue();
        (await Workloads.TryGetAsync("app", Token)).ShouldBeNull();
        (await Workloads.ListPodsAsync(cancellationToken: Token).ToListAsync(Token)).ShouldBeEmpty();
        (await Cluster.Native.CoreV1.ListNamespacedConfigMapAsync(Cluster.Namespace, labelSelector: "app.kubernetes.io/name=app", cancellationToken: Token)).Items.ShouldBeEmpty();
        (await Workloads.DeleteAsync("app", cancellationToken: Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Apply_FieldOfAnotherManager_IsAConflictThatNamesItUnlessForced()
    {
        var workload = TestCluster.Server("app", "sleep 1000") with { Replicas = 0 };
        await Workloads.ApplyAsync(workload, cancellationToken: Token);
        var patch = new k8s.Models.V1Patch("""{"spec":{"replicas":1}}""", k8s.Models.V1Patch.PatchType.MergePatch);
        await Cluster.Native.AppsV1.PatchNamespacedDeploymentAsync(patch, "app", Cluster.Namespace, fieldManager: "somebody", cancellationToken: Token);

        var conflict = await Should.ThrowAsync<CloudException>(() => Workloads.ApplyAsync(workload, cancellationToken: Token));
        var forced = await Workloads.ApplyAsync(workload, new ApplyOptions { Force = true }, Token);

        conflict.Code.ShouldBe(CloudErrorCode.Conflict);
        conflict.Reason.ShouldBe(WorkloadErrorReasons.FieldConflict);
        conflict.Message.ShouldContain("somebody");
        conflict.Message.ShouldContain(".spec.replicas");
        forced.Changed.ShouldBeTrue();
        (await Workloads.GetAsync("app", Token)).Replicas.ShouldBe(0);
    }

    [Fact]
    public async Task DryRun_ChangesNothingAndSaysWhatWould()
    {
        var workload = TestCluster.Server("app", "sleep 1000") with { Replicas = 0 };

        var none = await Workloads.ApplyAsync(workload, new ApplyOptions { DryRun = true }, Token);
        (await Workloads.TryGetAsync("app", Token)).ShouldBeNull();
        await Workloads.ApplyAsync(workload, cancellationToken: Token);
        var same = await Workloads.ApplyAsync(workload, new ApplyOptions { DryRun = true }, Token);
        var other = await Workloads.ApplyAsync(workload with { Image = TestCluster.NoShell }, new ApplyOptions { DryRun = true }, Token);

        none.Objects.Single().Outcome.ShouldBe(ApplyOutcome.Created);
        same.Changed.ShouldBeFalse();
        other.Objects.Single().Outcome.ShouldBe(ApplyOutcome.Configured);
        (await Workloads.GetAsync("app", Token)).Image.ShouldBe(TestCluster.Busybox);
    }

    [Fact]
    public async Task Kinds_OfEverySort_RunAndAreListed()
    {
        var set = TestCluster.Server("store", "hostname; sleep 1000") with { Kind = WorkloadKind.StatefulSet };
        var parallel = TestCluster.Job("crunch", "echo part") with { Kind = WorkloadKind.ParallelJob, Replicas = 2, Job = new JobSettings { Completions = 3 } };
        var cron = TestCluster.Job("nightly", "echo tick") with { Kind = WorkloadKind.CronJob, Schedule = "0 3 * * *" };

        var stored = await Workloads.ApplyAndWaitAsync(set, cancellationToken: Token);
        var crunched = await Workloads.ApplyAndWaitAsync(parallel, cancellationToken: Token);
        var applied = await Workloads.ApplyAsync(cron, cancellationToken: Token);

        stored.Phase.ShouldBe(WorkloadPhase.Ready);
        crunched.Phase.ShouldBe(WorkloadPhase.Succeeded);
        crunched.Ready.ShouldBe(3);
        crunched.Kind.ShouldBe(WorkloadKind.ParallelJob);
        // The cluster is of 1.20, whose cron jobs are a beta still.
        applied.Objects.Single().ApiVersion.ShouldBe("batch/v1beta1");
        (await Workloads.ApplyAsync(cron, cancellationToken: Token)).Changed.ShouldBeFalse();
        (await Workloads.ListAsync(Token).Select(item => $"{item.Kind} {item.Name}").OrderBy(text => text, StringComparer.Ordinal).ToListAsync(Token))
            .ShouldBe(["CronJob nightly", "ParallelJob crunch", "StatefulSet store"]);
        (await Workloads.ReadLogsAsync("store-0", cancellationToken: Token).FirstAsync(Token)).Text.ShouldBe("store-0");
        (await Workloads.DeleteAsync("nightly", cancellationToken: Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Autoscaler_OnAnOldCluster_TakesTheVersionThatThereIs()
    {
        var workload = TestCluster.Server("app", "sleep 1000") with { Resources = new WorkloadResources { Cpu = 0.01, MemoryBytes = 1 << 20 }, Autoscale = new WorkloadAutoscale(1, 3) { MemoryPercent = 70 } };

        var applied = await Workloads.ApplyAsync(workload, cancellationToken: Token);

        applied.Objects.Single(item => item.Kind == "HorizontalPodAutoscaler").ApiVersion.ShouldBe("autoscaling/v2beta2");
        (await Workloads.ApplyAsync(workload, cancellationToken: Token)).Changed.ShouldBeFalse();
    }

    [Fact]
    public async Task Manifest_OfManyDocuments_IsApplied_AndOneThatIsNoneChangesNothing()
    {
        const string Yaml = """
            # Two documents and a list.
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: one}
            data: {mode: "0644", text: |-
              several
              lines
            }
            ---
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: ConfigMap
              metadata: {name: two}
              data: {yes: "true"}
            """;

        var applied = await Workloads.ApplyManifestAsync(Yaml.Replace("text: |-\n  several\n  lines\n}", "text: several}"), cancellationToken: Token);
        var again = await Workloads.ApplyManifestAsync(Yaml.Replace("text: |-\n  several\n  lines\n}", "text: several}"), cancellationToken: Token);
        var missing = await Should.ThrowAsync<CloudException>(() => Workloads.ApplyManifestAsync("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: three}\n---\napiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}", cancellationToken: Token));

        applied.Objects.Select(item => $"{item.Outcome} {item.Namespace}/{item.Name}").ShouldBe([$"Created {Cluster.Namespace}/one", $"Created {Cluster.Namespace}/two"]);
        again.Changed.ShouldBeFalse();
        missing.Code.ShouldBe(CloudErrorCode.Unsupported);
        missing.Reason.ShouldBe(WorkloadErrorReasons.ApiMissing);
        missing.Message.ShouldContain("Widget");
        (await Cluster.Native.CoreV1.ListNamespacedConfigMapAsync(Cluster.Namespace, fieldSelector: "metadata.name=three", cancellationToken: Token)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Namespaces_ComeAndGo_AndTheirQuotaHolds()
    {
        var namespaces = Workloads.GetRequiredService<INamespaces>();
        var name = Cluster.Namespace + "-b";

        (await namespaces.CreateAsync(name, Token)).ShouldBeTrue();
        (await namespaces.CreateAsync(name, Token)).ShouldBeFalse();
        await namespaces.SetQuotaAsync(name, new NamespaceQuota { Pods = 0 }, Token);
        var there = Cluster.Cluster.GetWorkloads(name);
        await there.ApplyAsync(TestCluster.Server("app", "sleep 1000"), cancellationToken: Token);
        var refused = await Should.ThrowAsync<CloudException>(() => there.WaitAsync("app", cancellationToken: Token));

        refused.Reason.ShouldBe(WorkloadErrorReasons.PodsRefused);
        refused.Message.ShouldContain("exceeded quota");
        (await namespaces.ListAsync(Token).AnyAsync(item => item.Name == name, Token)).ShouldBeTrue();
        (await namespaces.DeleteAsync(name, cancellationToken: Token)).ShouldBeTrue();
        (await namespaces.DeleteAsync(name, cancellationToken: Token)).ShouldBeFalse();
    }
}
