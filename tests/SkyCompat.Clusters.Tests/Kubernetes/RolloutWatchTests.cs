using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>A rollout is waited for by watches: what happens is seen at once, and while nothing happens nothing is asked.</summary>
public sealed class RolloutWatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("skycompat-rollout-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentDictionary<string, Watch> _watches = new(StringComparer.Ordinal);
    private string _deployment = Deployment(ready: 0, version: 5);
    private string _pod = PodJson("""{"phase":"Pending"}""");

    private static TimeSpan Patience => TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task PodThatFails_IsNamedAtOnce_WithoutARequest()
    {
        await using var server = new FakeApiServer(Answer) { Watch = Open };
        await using var services = TestCluster.Build(_time, server.WriteKubeconfig(_folder));
        var waiting = FakeClusterTests.Workloads(services).WaitAsync("web", cancellationToken: Token);
        var pods = await OpenedAsync("pods");
        await OpenedAsync("deployments");

        pods.Lines.Writer.TryWrite(Event("MODIFIED", PodJson("""{"phase":"Pending","containerStatuses":[{"name":"c","state":{"waiting":{"reason":"ImagePullBackOff","message":"no such image"}}}]}""", version: 11)));

        var failure = await Should.ThrowAsync<CloudException>(() => waiting.WaitAsync(Patience, Token));
        failure.Reason.ShouldBe(WorkloadErrorReasons.ImagePull);
        failure.Message.ShouldContain("Pod web-1");
        server.Requests.Select(request => request.Split('?')[0] + (request.Contains("watch=", StringComparison.Ordinal) ? " watch" : "")).Order(StringComparer.Ordinal).ShouldBe(
            [
                "GET /api/v1/namespaces/shop/pods",
                "GET /api/v1/namespaces/shop/pods watch",
                "GET /apis/apps/v1",
                "GET /apis/apps/v1/namespaces/shop/deployments watch",
                "GET /apis/apps/v1/namespaces/shop/deployments/web",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task StatusThatChanges_EndsTheWait_WithoutARequest()
    {
        await using var server = new FakeApiServer(Answer) { Watch = Open };
        await using var services = TestCluster.Build(_time, server.WriteKubeconfig(_folder));
        var waiting = FakeClusterTests.Workloads(services).WaitAsync("web", cancellationToken: Token);
        await OpenedAsync("pods");
        var deployments = await OpenedAsync("deployments");

        deployments.Query["resourceVersion"].ShouldBe("5");
        deployments.Query["fieldSelector"].ShouldBe("metadata.name=web");
        deployments.Lines.Writer.TryWrite(Event("MODIFIED", Deployment(ready: 1, version: 12)));

        await AdvanceAsync(waiting);
        (await waiting).Phase.ShouldBe(WorkloadPhase.Ready);
        server.Requests.Count.ShouldBe(5);
    }

    [Fact]
    public async Task WatchThatEnds_IsFollowedByALookAndAnother()
    {
        await using var server = new FakeApiServer(Answer) { Watch = Open };
        await using var services = TestCluster.Build(_time, server.WriteKubeconfig(_folder));
        var waiting = FakeClusterTests.Workloads(services).WaitAsync("web", cancellationToken: Token);
        var deployments = await OpenedAsync("deployments");
        _deployment = Deployment(ready: 0, version: 7);
        _watches.TryRemove("deployments", out _);
        deployments.Lines.Writer.TryWrite(Event("MODIFIED", Deployment(ready: 0, version: 6)));
        deployments.Lines.Writer.TryWrite(Event("ERROR", """{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version"}"""));

        var again = await OpenedAsync("deployments");
        again.Query["resourceVersion"].ShouldBe("7");
        again.Lines.Writer.TryWrite(Event("DELETED", Deployment(ready: 0, version: 8)));

        (await Should.ThrowAsync<CloudException>(() => waiting.WaitAsync(Patience, Token))).Code.ShouldBe(CloudErrorCode.NotFound);
    }

    [Fact]
    public async Task Grace_ThatPassesWhileNothingChanges_IsNoticed()
    {
        _pod = PodJson("""{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"0/1 nodes are available"}]}""");
        await using var server = new FakeApiServer(Answer) { Watch = Open };
        await using var services = TestCluster.Build(_time, server.WriteKubeconfig(_folder));
        var waiting = FakeClusterTests.Workloads(services).WaitAsync("web", new WaitOptions { UnschedulableGrace = TimeSpan.FromSeconds(30) }, Token);
        await OpenedAsync("pods");
        await OpenedAsync("deployments");

        await AdvanceAsync(waiting);
        var failure = await Should.ThrowAsync<CloudException>(() => waiting.WaitAsync(Patience, Token));
        failure.Reason.ShouldBe(WorkloadErrorReasons.Unschedulable);
        server.Requests.Count.ShouldBe(5);
    }

    [Fact]
    public async Task CredentialThatMayNotWatch_IsMadeUpForByLooking()
    {
        var looks = 0;
        await using var server = new FakeApiServer(request =>
            request.QueryString["watch"] is not null ? (403, FakeApiServer.Status(403, "Forbidden", "cannot watch"))
            : request.Url!.AbsolutePath.EndsWith("/web", StringComparison.Ordinal) ? (200, Deployment(++looks < 3 ? 0 : 1, looks))
            : Answer(request));
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));

        var status = await FakeClusterTests.Workloads(services).WaitAsync("web", cancellationToken: Token).WaitAsync(Patience, Token);

        status.Phase.ShouldBe(WorkloadPhase.Ready);
        looks.ShouldBeGreaterThanOrEqualTo(3);
    }

    private static string Event(string type, string item) => $$"""{"type":"{{type}}","object":{{item}} }""";

    private static string Deployment(int ready, int version) =>
        $$$"""{"metadata":{"name":"web","resourceVersion":"{{{version}}}","generation":1},"spec":{"replicas":1},"status":{"observedGeneration":1,"replicas":1,"updatedReplicas":1,"readyReplicas":{{{ready}}},"availableReplicas":{{{ready}}}}}""";

    private static string PodJson(string status, int version = 10) =>
        $$$"""{"metadata":{"name":"web-1","namespace":"shop","uid":"u","resourceVersion":"{{{version}}}"},"spec":{"containers":[{"name":"c","image":"none:1"}]},"status":{{{status}}} }""";

    private (int Status, string Body) Answer(HttpListenerRequest request) =>
        request.Url!.AbsolutePath.EndsWith("/pods", StringComparison.Ordinal) ? (200, $$"""{"metadata":{"resourceVersion":"10"},"items":[{{_pod}}]}""")
        : request.Url.AbsolutePath.EndsWith("/deployments/web", StringComparison.Ordinal) ? (200, _deployment)
        : (200, """{"resources":[{"name":"deployments","kind":"Deployment","namespaced":true}]}""");

    private ChannelReader<string>? Open(HttpListenerRequest request)
    {
        if (request.QueryString["watch"] is null)
        {
            return null;
        }

        var watch = _watches.AddOrUpdate(request.Url!.AbsolutePath.Split('/')[^1], _ => new Watch(), (_, known) => known);
        watch.Query = request.QueryString;

        // Headers go out with the first line.
        watch.Lines.Writer.TryWrite(Event("BOOKMARK", $$$"""{"metadata":{"resourceVersion":"{{{request.QueryString["resourceVersion"]}}}"}}"""));
        watch.Opened.TrySetResult();
        return watch.Lines.Reader;
    }

    /// <summary>Lets time pass until the wait is over, in steps, since a wait may only begin after some of them.</summary>
    private async Task AdvanceAsync(Task waiting)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        while (!waiting.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }
    }

    private async Task<Watch> OpenedAsync(string kind)
    {
        var watch = _watches.GetOrAdd(kind, _ => new Watch());
        await watch.Opened.Task.WaitAsync(Patience, Token);
        return watch;
    }

    private sealed class Watch
    {
        public Channel<string> Lines { get; } = Channel.CreateUnbounded<string>();

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public System.Collections.Specialized.NameValueCollection Query { get; set; } = [];
    }
}
