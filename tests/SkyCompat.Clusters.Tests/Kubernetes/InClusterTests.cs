namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>skyc in a pod finds its own cluster and namespace by the pod's service account.</summary>
public sealed class InClusterTests : IAsyncLifetime
{
    /// <summary>What reading a workload's output takes.</summary>
    private const string Reader =
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: { name: reader }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: { name: reader }
        rules:
          - { apiGroups: [""], resources: [pods, pods/log], verbs: [get, list] }
          - { apiGroups: [apps, batch], resources: [deployments, statefulsets, jobs, cronjobs], verbs: [get] }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: { name: reader }
        roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
        subjects: [{ kind: ServiceAccount, name: reader }]
        """;

    private TestCluster? _cluster;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestCluster Cluster => _cluster!;

    private IWorkloads Workloads => Cluster.Workloads;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    [Fact]
    public async Task Pod_ReadsItsOwnNamespace_ByItsServiceAccount()
    {
        await PublishedImage.Skyc.LoadAsync(K8sServer.First);
        await Workloads.ApplyManifestAsync(Reader, cancellationToken: Token);
        await Workloads.ApplyAndWaitAsync(TestCluster.Job("greeter", "echo found from within"), cancellationToken: Token);

        await Workloads.ApplyAndWaitAsync(Logs("allowed") with { ServiceAccount = "reader" }, cancellationToken: Token);

        (await Workloads.ReadWorkloadLogsAsync("allowed", cancellationToken: Token).Select(line => line.Text).ToListAsync(Token)).ShouldBe(["found from within"]);
    }

    [Fact]
    public async Task Pod_WithoutRights_IsToldSo_AndItsTokenIsNot()
    {
        await PublishedImage.Skyc.LoadAsync(K8sServer.First);

        var failure = await Should.ThrowAsync<CloudException>(() => Workloads.ApplyAndWaitAsync(Logs("denied"), cancellationToken: Token));

        failure.Reason.ShouldBe(WorkloadErrorReasons.JobFailed);
        failure.Message.ShouldContain("ended with 4"); // access denied, as docs/cli.md has it
        failure.Message.ShouldContain($"system:serviceaccount:{Cluster.Namespace}:default");
        failure.Message.ShouldNotContain("eyJ"); // as tokens begin
    }

    /// <summary>A job that prints what another wrote. Nothing in it says where the cluster is.</summary>
    private static Workload Logs(string name) => new()
    {
        Name = name,
        Kind = WorkloadKind.Job,
        Image = PublishedImage.Skyc.Name,
        Arguments = ["logs", "greeter"],
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SkyCompat__Clouds__here__Provider"] = "Kubernetes", ["SkyCompat__Clusters__own__Cloud"] = "here" },
        StopTimeout = TimeSpan.Zero,
    };
}
