using System.Text;
using k8s;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>One image, unchanged, on two clusters with buckets on three clouds: what it needs to know of each is handed to it there.</summary>
public sealed class PortableIdentityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("k8s", "ceph")]
    [InlineData("k8s2", "azurite")]
    [InlineData("k8s2", "moto")]
    public async Task SameImage_UsesTheBucketThatItIsGiven_AndNoKeyIsSeen(string serverName, string storeName)
    {
        var (server, store) = (K8sServer.Find(serverName), StoreInReach.Find(storeName));
        await store.RequireAsync();
        await PublishedImage.ClusterApp.LoadAsync(server);
        var bucket = $"portable-{Guid.NewGuid():n}"[..20];
        await using var cluster = await TestCluster.OpenAsync(
            server,
            settings: [.. store.Configure("store"), new("SkyCompat:Buckets:media:Cloud", "store"), new("SkyCompat:Buckets:media:Name", bucket), new("SkyCompat:Buckets:media:Prefix", "app/")]);
        var storage = cluster.Sky.GetCloud("store").Storage;
        await storage.CreateBucketAsync(bucket, null, Token);
        try
        {
            await cluster.Workloads.ApplyAndWaitAsync(
                new Workload
                {
                    Name = "web",
                    Image = PublishedImage.ClusterApp.Name,
                    Ports = [new WorkloadPort(8080)],
                    ReadinessProbe = new WorkloadProbe { Path = "/healthz", Port = 8080, Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(5) },
                    Buckets = [new WorkloadBucket("media") { Endpoint = store.FromCluster }],
                    StopTimeout = TimeSpan.Zero,
                },
                cancellationToken: Token);
            var pod = (await cluster.Workloads.TryGetRunningPodAsync("web", Token))!.Name;
            await using (var forward = await cluster.Workloads.ListenAsync(pod, 8080, cancellationToken: Token))
            {
                using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{forward.LocalPort}") };
                (await http.PutAsync("notes/inside", new StringContent("written in a pod"), Token)).EnsureSuccessStatusCode();
                await storage.GetBucket(bucket).PutTextAsync("app/notes/outside", "written outside", cancellationToken: Token);

                (await storage.GetBucket(bucket).GetTextAsync("app/notes/inside", Token)).ShouldBe("written in a pod");
                (await http.GetStringAsync("notes/outside", Token)).ShouldBe("written outside");
                (await http.GetStringAsync("", Token)).ShouldBe("""["inside","outside"]""");
            }

            await CheckUnseenAsync(cluster, pod, store.Secret);
        }
        finally
        {
            await storage.GetBucket(bucket).DeletePrefixAsync("app/", CancellationToken.None);
            await storage.DeleteBucketAsync(bucket, CancellationToken.None);
        }
    }

    private static async Task CheckUnseenAsync(TestCluster cluster, string pod, string secret)
    {
        var (core, apps) = (cluster.Native.CoreV1, cluster.Native.AppsV1);
        var secrets = await core.ListNamespacedSecretAsync(cluster.Namespace, cancellationToken: Token);
        object[] open =
        [
            await core.ListNamespacedPodAsync(cluster.Namespace, cancellationToken: Token),
            await apps.ListNamespacedDeploymentAsync(cluster.Namespace, cancellationToken: Token),
            await apps.ListNamespacedReplicaSetAsync(cluster.Namespace, cancellationToken: Token),
            await core.ListNamespacedConfigMapAsync(cluster.Namespace, cancellationToken: Token),
            await core.ListNamespacedEventAsync(cluster.Namespace, cancellationToken: Token),
        ];
        var log = await cluster.Workloads.ReadLogsAsync(pod, cancellationToken: Token).Select(line => line.Text).ToListAsync(Token);
        var seen = string.Join('\n', [.. open.Select(list => KubernetesJson.Serialize(list)), .. log]);

        secrets.Items.ShouldContain(item => item.Data.Values.Any(value => Encoding.UTF8.GetString(value) == secret));
        log.ShouldContain(line => line.Contains("Stored note inside", StringComparison.Ordinal));
        seen.ShouldContain("web-secrets");
        seen.ShouldNotContain(secret);
        seen.ShouldNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)));
    }
}
