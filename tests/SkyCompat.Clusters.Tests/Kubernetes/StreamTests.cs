using System.Collections.Concurrent;
using System.Globalization;
using k8s;
using k8s.Models;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>Watches and logs over a way that breaks: nothing is lost and nothing told twice.</summary>
public sealed class StreamTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("skycompat-k8s-").FullName;
    private CuttingProxy? _proxy;
    private TestCluster? _direct;
    private TestCluster? _cut;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestCluster Direct => _direct!;

    private CuttingProxy Proxy => _proxy!;

    /// <summary>The same namespace, by the way that breaks.</summary>
    private IWorkloads Cut => _cut!.Cluster.GetWorkloads(Direct.Namespace);

    public async ValueTask InitializeAsync()
    {
        _direct = await TestCluster.OpenAsync();
        _proxy = new CuttingProxy(K8sServer.First.Port);
        var kubeconfig = K8sServer.First.CopyKubeconfig(_folder, text => text.Replace($":{K8sServer.First.Port}", $":{_proxy.Port}"));
        _cut = await TestCluster.OpenAsync(null, kubeconfig, new("SkyCompat:Clouds:kube:Resilience:MaxAttempts", "10"), new("SkyCompat:Clouds:kube:Resilience:BaseDelay", "00:00:00.02"), new("SkyCompat:Clouds:kube:Resilience:BreakerFailureRatio", "2"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_cut is not null)
        {
            await _cut.DisposeAsync();
        }

        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        if (_direct is not null)
        {
            await _direct.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Watch_OverAHundredCuts_TellsEachChangeOnce()
    {
        const int Pods = 120;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var told = new ConcurrentQueue<(PodChangeKind Kind, string Name)>();
        var complete = new TaskCompletionSource();
        var watching = WatchAsync();
        var making = MakeAsync();
        while (!making.IsCompleted && !watching.IsCompleted)
        {
            // After each change that was told, since the next one can only come by a new connection.
            var seen = told.Count;
            Proxy.CutAll();
            while (told.Count == seen && !making.IsCompleted && !watching.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), Token);
            }
        }

        if (watching.IsCompleted)
        {
            await watching;
        }

        await making;
        await complete.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        await ending.CancelAsync();
        await watching;

        Proxy.Cuts.ShouldBeGreaterThanOrEqualTo(100);
        told.Count(change => change.Kind == PodChangeKind.Added).ShouldBe(Pods);
        told.Count(change => change.Kind == PodChangeKind.Deleted).ShouldBe(Pods);
        told.Where(change => change.Kind == PodChangeKind.Added).Select(change => change.Name).ShouldBeUnique(StringComparer.Ordinal);
        told.Where(change => change.Kind == PodChangeKind.Deleted).Select(change => change.Name).ShouldBeUnique(StringComparer.Ordinal);

        async Task WatchAsync()
        {
            try
            {
                await foreach (var change in Cut.GetRequiredService<IWorkloadActivity>().WatchPodsAsync(cancellationToken: ending.Token))
                {
                    told.Enqueue((change.Kind, change.Pod.Name));
                    if (told.Count(item => item.Kind == PodChangeKind.Deleted) == Pods)
                    {
                        complete.TrySetResult();
                    }
                }
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                // Ended by the test.
            }
        }

        async Task MakeAsync()
        {
            for (var number = 0; number < Pods; number++)
            {
                // Of a scheduler that there is not: they stay pending, and only this test changes them.
                var pod = new V1Pod
                {
                    Metadata = new V1ObjectMeta { Name = string.Create(CultureInfo.InvariantCulture, $"p{number}") },
                    Spec = new V1PodSpec { SchedulerName = "nobody", TerminationGracePeriodSeconds = 0, Containers = [new V1Container { Name = "c", Image = TestCluster.Busybox }] },
                };
                await Direct.Native.CoreV1.CreateNamespacedPodAsync(pod, Direct.Namespace, cancellationToken: Token);
                await WaitUntilToldAsync(PodChangeKind.Added, number);
            }

            for (var number = 0; number < Pods; number++)
            {
                await Direct.Native.CoreV1.DeleteNamespacedPodAsync(string.Create(CultureInfo.InvariantCulture, $"p{number}"), Direct.Namespace, gracePeriodSeconds: 0, cancellationToken: Token);
                await WaitUntilToldAsync(PodChangeKind.Deleted, number);
            }
        }

        // One change after the other, so that each needs a connection of its own.
        async Task WaitUntilToldAsync(PodChangeKind kind, int number)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"p{number}");
            while (!told.ToArray().Contains((kind, name)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), Token);
            }
        }
    }

    [Fact]
    public async Task Logs_FollowedOverCuts_HaveEachLineOnceAndEndWithThePod()
    {
        const int Lines = 4000;
        await Direct.Workloads.ApplyAsync(TestCluster.Job("talk", $"i=0; while [ $i -lt {Lines} ]; do echo line $i; i=$((i+1)); [ $((i % 100)) -ne 0 ] || usleep 100000; done"), cancellationToken: Token);
        var pod = (await Direct.Workloads.GetRequiredService<IWorkloadActivity>().WatchPodsAsync(cancellationToken: Token).FirstAsync(Token)).Pod.Name;

        var read = new List<string>();
        await foreach (var line in Cut.ReadLogsAsync(pod, new LogOptions { Follow = true }, Token))
        {
            read.Add(line.Text);
            if (read.Count % 150 == 0)
            {
                Proxy.CutAll();
            }
        }

        Proxy.Cuts.ShouldBeGreaterThan(5);
        read.ShouldBe(Enumerable.Range(0, Lines).Select(number => string.Create(CultureInfo.InvariantCulture, $"line {number}")));
    }
}
