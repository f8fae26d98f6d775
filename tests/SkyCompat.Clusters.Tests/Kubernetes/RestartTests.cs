using System.Globalization;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>The API server ends and comes back while it is watched and followed; on the second cluster, so that no other test notices.</summary>
[Collection("k8s2")]
public sealed class RestartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ApiServerRestarted_DuringWatchAndLogs_NothingIsLost()
    {
        await using var cluster = await TestCluster.OpenAsync(
            K8sServer.Second, null, new("SkyCompat:Clouds:kube:Resilience:MaxAttempts", "100"), new("SkyCompat:Clouds:kube:Resilience:MaxDelay", "00:00:01"), new("SkyCompat:Clouds:kube:Resilience:BreakerFailureRatio", "2"));
        var activity = cluster.Workloads.GetRequiredService<IWorkloadActivity>();
        await using var changes = activity.WatchPodsAsync(cancellationToken: Token).GetAsyncEnumerator(Token);
        await cluster.Workloads.ApplyAsync(TestCluster.Job("talk", "i=0; while [ $i -lt 400 ]; do echo line $i; i=$((i+1)); usleep 100000; done"), cancellationToken: Token);
        (await changes.MoveNextAsync()).ShouldBeTrue();
        var pod = changes.Current.Pod.Name;

        var read = new List<string>();
        await foreach (var line in cluster.Workloads.ReadLogsAsync(pod, new LogOptions { Follow = true }, Token))
        {
            read.Add(line.Text);
            if (read.Count == 50)
            {
                K8sServer.Second.EndApiServer();
            }
        }

        var last = changes.Current;
        while (last.Pod.Phase != PodPhase.Succeeded)
        {
            (await changes.MoveNextAsync()).ShouldBeTrue();
            changes.Current.Kind.ShouldBe(PodChangeKind.Modified);
            last = changes.Current;
        }

        read.ShouldBe(Enumerable.Range(0, 400).Select(number => string.Create(CultureInfo.InvariantCulture, $"line {number}")));
    }

    [Fact]
    public async Task TwoClusters_SideBySide_AreTwoClouds()
    {
        await using var first = await TestCluster.OpenAsync();
        await using var second = await TestCluster.OpenAsync(K8sServer.Second);
        await first.Workloads.ApplyAsync(TestCluster.Server("app", "sleep 1000") with { Replicas = 0 }, cancellationToken: Token);

        (await first.Workloads.TryGetAsync("app", Token)).ShouldNotBeNull();
        (await second.Cluster.GetWorkloads(first.Namespace).TryGetAsync("app", Token)).ShouldBeNull();
    }
}
