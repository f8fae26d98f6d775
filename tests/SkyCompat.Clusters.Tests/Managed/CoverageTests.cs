using SkyCompat.Clusters.Tests.Managed.Alibaba;
using SkyCompat.Clusters.Tests.Managed.Aws;
using SkyCompat.Clusters.Tests.Managed.Azure;
using SkyCompat.Clusters.Tests.Managed.Google;
using SkyCompat.Contracts;
using SkyCompat.Emulators.Clusters;

namespace SkyCompat.Clusters.Tests.Managed;

/// <summary>Which operations of each provider each operation of the engine asks for, all of them under the contract checks.</summary>
public sealed class CoverageTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eks() => await RunAsync<EksHarness, EksEmulator>(
        "1.33",
        "1.34",
        "CreateCluster", "CreateNodegroup", "DeleteCluster", "DeleteNodegroup", "DescribeCluster", "DescribeClusterVersions", "DescribeNodegroup", "DescribeUpdate", "ListClusters", "ListNodegroups",
        "UpdateClusterVersion", "UpdateNodegroupConfig", "UpdateNodegroupVersion");

    [Fact]
    public async Task Gke() => await RunAsync<GkeHarness, GkeEmulator>(
        "1.33",
        "1.34",
        "container.projects.locations.clusters.create", "container.projects.locations.clusters.delete", "container.projects.locations.clusters.get", "container.projects.locations.clusters.list",
        "container.projects.locations.clusters.nodePools.create", "container.projects.locations.clusters.nodePools.delete", "container.projects.locations.clusters.nodePools.get",
        "container.projects.locations.clusters.nodePools.list", "container.projects.locations.clusters.nodePools.setAutoscaling", "container.projects.locations.clusters.nodePools.setSize",
        "container.projects.locations.clusters.nodePools.update", "container.projects.locations.clusters.updateMaster", "container.projects.locations.getServerConfig", "container.projects.locations.operations.get");

    [Fact]
    public async Task Ack() => await RunAsync<AckHarness, AckEmulator>(
        "1.33",
        "1.34",
        "CreateCluster", "CreateClusterNodePool", "DeleteCluster", "DeleteClusterNodepool", "DescribeClusterDetail", "DescribeClusterNodePools", "DescribeClusterUserKubeconfig", "DescribeClustersV1",
        "DescribeKubernetesVersionMetadata", "DescribeTaskInfo", "ModifyClusterNodePool", "UpgradeCluster", "UpgradeClusterNodepool",

        // The default network.
        "CreateVSwitch", "CreateVpc", "DescribeVSwitches", "DescribeVpcs", "DescribeZones");

    [Fact]
    public async Task Aks() => await RunAsync<AksHarness, AksEmulator>(
        "1.33",
        "1.34",
        "AgentPools_CreateOrUpdate", "AgentPools_Delete", "AgentPools_Get", "AgentPools_List", "ManagedClusters_CreateOrUpdate", "ManagedClusters_Delete", "ManagedClusters_Get",
        "ManagedClusters_ListByResourceGroup", "ManagedClusters_ListClusterUserCredentials", "ManagedClusters_ListKubernetesVersions");

    private async Task RunAsync<THarness, TEmulator>(string older, string newer, params string[] expected)
        where THarness : EmulatedHarness<TEmulator>, new()
        where TEmulator : ClusterEmulator, new()
    {
        await using var harness = new THarness();
        Assert.SkipWhen(ContractSpecs.UnavailableReason is not null, ContractSpecs.UnavailableReason ?? "");
        await harness.InitializeAsync(Cancel);
        var (clusters, need) = (harness.Clusters, new MachineNeed { InstanceType = harness.InstanceType });
        var spec = new ClusterSpec { IdempotencyKey = harness.NewKey("c"), Version = older, Pools = [new NodePoolSpec("main") { Need = need }], SubnetIds = harness.SubnetIds };
        var cluster = clusters.GetCluster(spec.IdempotencyKey);
        var pools = cluster.GetNodePools();
        var extra = new NodePoolSpec("extra") { Need = need };
        var log = harness.Contracts;
        await AddAsync("ListVersions", () => clusters.ListVersionsAsync(Cancel));
        await AddAsync("Create", () => clusters.CreateAndWaitAsync(spec, Cancel));
        await AddAsync("Get", () => cluster.TryGetInfoAsync(Cancel));
        await AddAsync("List", async () => await clusters.ListAsync(cancellationToken: Cancel).CountAsync(Cancel));
        await AddAsync("OpenAccess", async () => await (await cluster.OpenAccessAsync(Cancel)).Credentials.GetAsync(Cancel));
        await AddAsync("Upgrade", () => WaitAsync(cluster.UpgradeAsync(newer, Cancel)));
        await AddAsync("UpgradePool", () => WaitAsync(pools.UpgradeAsync("main", null, Cancel)));
        await AddAsync("ApplyPool, new", () => WaitAsync(pools.ApplyAsync(extra, Cancel)));
        await AddAsync("ApplyPool, scaling", () => WaitAsync(pools.ApplyAsync(extra with { Autoscale = new NodeRange(1, 3) }, Cancel)));
        await AddAsync("ApplyPool, count, labels, taints", () => WaitAsync(pools.ApplyAsync(
            extra with { Count = 2, Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" }, Taints = [new NodeTaint("t", "v")] }, Cancel)));
        await AddAsync("GetPool", () => pools.TryGetAsync("extra", Cancel));
        await AddAsync("ListPools", async () => await pools.ListAsync(Cancel).CountAsync(Cancel));
        await AddAsync("DeletePool", () => WaitAsync(pools.DeleteAsync("extra", Cancel)));
        await AddAsync("Delete", () => WaitAsync(cluster.DeleteAsync(Cancel)));
        log.Operations.Keys.Select(key => key.Operation).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal));

        async Task AddAsync<T>(string operation, Func<Task<T>> send)
        {
            var before = log.Operations.ToDictionary();
            await send();
            var used = log.Operations.Where(pair => pair.Value > before.GetValueOrDefault(pair.Key)).Select(pair => pair.Key.Operation).Order(StringComparer.Ordinal).ToList();
            output.WriteLine($"{operation}: {string.Join(", ", used)}");
            used.ShouldNotBeEmpty();
        }
    }

    private static async Task<ClusterOperationStatus> WaitAsync(Task<IClusterOperation> operation) => await (await operation).WaitAsync(null, Cancel);
}
