using System.Security.Cryptography;
using k8s;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>Transfers that pods of the real cluster carry out, with the real image of skyc.</summary>
public sealed class SpreadTransferTests
{
    private const int Objects = 240;
    private const int MaxBytes = 60_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ceph", "azurite")]
    [InlineData("ceph", "ceph")]
    public async Task RunOnCluster_PodKilledMidway_EverythingIsThereOnce(string from, string to)
    {
        await using var world = await World.OpenAsync(from, to);
        await PublishedImage.Skyc.LoadAsync(K8sServer.First);
        using var enough = new CancellationTokenSource();
        var running = world.RunAsync(PublishedImage.Skyc.Name, new Signal(20, enough));
        await Task.WhenAny(running, Task.Delay(Timeout.Infinite, enough.Token));
        running.IsCompleted.ShouldBeFalse(running.Exception?.ToString() ?? "it was over before a pod could be killed");
        var pod = (await world.PodsAsync()).First(pod => pod.Phase == PodPhase.Running).Name;
        await world.Cluster.Native.CoreV1.DeleteNamespacedPodAsync(pod, world.Cluster.Namespace, gracePeriodSeconds: 0, cancellationToken: Token);

        var report = await running;

        report.Failed.ShouldBe(0);
        (report.Copied + report.Resumed).ShouldBe(Objects);
        (await ReadAsync(world.Destination, "to/")).ShouldBe(await ReadAsync(world.Source, "from/"));
        (await world.Destination.ListAsync(new ListOptions { Prefix = ".skycompat/" }, Token).AnyAsync(Token)).ShouldBeFalse();
        (await world.PodsAsync()).ShouldBeEmpty();
        var secrets = await world.Cluster.Native.CoreV1.ListNamespacedSecretAsync(world.Cluster.Namespace, cancellationToken: Token);
        secrets.Items.ShouldNotContain(secret => secret.Metadata.Name.StartsWith("transfer-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunOnCluster_ImageThatIsNotThere_NamesThePodAndGoesOnLater()
    {
        await using var world = await World.OpenAsync("ceph", "ceph");

        var failure = await Should.ThrowAsync<CloudException>(() => world.RunAsync("docker.io/local/none:1", null));

        failure.Code.ShouldBe(CloudErrorCode.Unavailable);
        failure.Reason.ShouldBe(WorkloadErrorReasons.ImagePull);
        failure.Message.ShouldContain("Pod transfer-");
        failure.Message.ShouldContain("docker.io/local/none:1");
        failure.Message.ShouldContain("is kept");
        failure.Message.ShouldNotContain(StoreInReach.Ceph.Secret);
        (await world.PodsAsync()).ShouldBeEmpty();
        await PublishedImage.Skyc.LoadAsync(K8sServer.First);
        (await world.RunAsync(PublishedImage.Skyc.Name, null)).Copied.ShouldBe(Objects);
        (await ReadAsync(world.Destination, "to/")).ShouldBe(await ReadAsync(world.Source, "from/"));
    }

    private static async Task<SortedDictionary<string, string>> ReadAsync(IBucket bucket, string prefix)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entry in bucket.ListAsync(new ListOptions { Prefix = prefix }, Token))
        {
            found[entry.Key[prefix.Length..]] = Convert.ToHexString(SHA256.HashData(await bucket.GetBytesAsync(entry.Key, cancellationToken: Token)));
        }

        found.Count.ShouldBe(Objects);
        return found;
    }

    /// <summary>Says when so many objects are copied.</summary>
    private sealed class Signal(long objects, CancellationTokenSource enough) : TransferObserver
    {
        public override void OnProgress(TransferProgress progress)
        {
            if (progress.CopiedObjects >= objects)
            {
                enough.Cancel();
            }
        }
    }

    /// <summary>A cluster, and two buckets with objects in the first, gone at the end.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly StoreInReach _from;
        private readonly StoreInReach _to;

        private World(TestCluster cluster, StoreInReach from, StoreInReach to)
        {
            Cluster = cluster;
            _from = from;
            _to = to;
            Source = cluster.Sky.GetCloud("from").Storage.GetBucket($"from-{cluster.Namespace}");
            Destination = cluster.Sky.GetCloud("to").Storage.GetBucket($"to-{cluster.Namespace}");
        }

        public TestCluster Cluster { get; }

        public IBucket Source { get; }

        public IBucket Destination { get; }

        public static async Task<World> OpenAsync(string from, string to)
        {
            var (source, destination) = (StoreInReach.Find(from), StoreInReach.Find(to));
            await source.RequireAsync();
            await destination.RequireAsync();
            var world = new World(await TestCluster.OpenAsync(settings: [.. source.Configure("from"), .. destination.Configure("to")]), source, destination);
            await world.Cluster.Sky.GetCloud("from").Storage.CreateBucketAsync(world.Source.Name, null, Token);
            await world.Cluster.Sky.GetCloud("to").Storage.CreateBucketAsync(world.Destination.Name, null, Token);
            await Parallel.ForAsync(0, Objects, Token, async (i, token) =>
            {
                var content = new byte[MaxBytes - (i * 100)];
                new Random(i).NextBytes(content);
                await world.Source.PutAsync($"from/{i:d5}", content, cancellationToken: token);
            });
            return world;
        }

        /// <summary>So slow that there is time to kill a pod.</summary>
        public Task<TransferReport> RunAsync(string image, TransferObserver? observer) => Cluster.Transfers.RunOnClusterAsync(
            new TransferRequest
            {
                Source = TransferLocation.FromPrefix(Source, "from/"),
                Destination = TransferLocation.FromPrefix(Destination, "to/"),
                Options = new TransferOptions { Routes = TransferRoute.Pipe, MaxBytesPerSecond = 250_000, MaxConcurrency = 4 },
            },
            new ClusterTransferOptions
            {
                Workloads = Cluster.Workloads,
                Image = image,
                Workers = 3,
                ShardObjects = 20,
                SourceEndpoint = _from.FromCluster,
                DestinationEndpoint = _to.FromCluster,
            },
            observer,
            Token);

        public async Task<List<Pod>> PodsAsync() => await Cluster.Workloads.ListPodsAsync(cancellationToken: Token).ToListAsync(Token);

        public async ValueTask DisposeAsync()
        {
            foreach (var (cloud, bucket) in ((string, IBucket)[])[("from", Source), ("to", Destination)])
            {
                await bucket.DeleteManyAsync(bucket.ListAsync().Select(entry => entry.Key)).LastOrDefaultAsync();
                await Cluster.Sky.GetCloud(cloud).Storage.DeleteBucketAsync(bucket.Name, CancellationToken.None);
            }

            await Cluster.DisposeAsync();
        }
    }
}
