using Microsoft.Extensions.DependencyInjection;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>Clusters of other years and sizes than the real one: what it asks and what it makes of the answers.</summary>
public sealed class FakeClusterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("skycompat-fake-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("batch/v1beta1", "/apis/batch/v1beta1/namespaces/shop/cronjobs/nightly")]
    [InlineData("batch/v1", "/apis/batch/v1/namespaces/shop/cronjobs/nightly")]
    public async Task CronJob_IsAppliedInTheVersionThatTheClusterHas(string version, string path)
    {
        await using var server = new FakeApiServer(request => request.Url!.AbsolutePath == "/apis/" + version ? (200, """{"kind":"APIResourceList","resources":[{"name":"cronjobs","kind":"CronJob","namespaced":true},{"name":"cronjobs/status","kind":"CronJob","namespaced":true}]}""")
            : request.HttpMethod == "PATCH" ? (200, """{"metadata":{"resourceVersion":"7"}}""")
            : (404, FakeApiServer.Status(404, "NotFound", "not found")));
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));

        var applied = await Workloads(services).ApplyAsync(TestCluster.Job("nightly", "true") with { Kind = WorkloadKind.CronJob, Schedule = "@daily" }, cancellationToken: Token);

        applied.Objects.Single().ShouldBe(new AppliedObject(version, "CronJob", "shop", "nightly", ApplyOutcome.Created, "7"));
        server.Requests.Any(request => request == $"PATCH {path}?fieldManager=skycompat&force=false").ShouldBeTrue();
    }

    [Fact]
    public async Task InterfaceThatTheClusterLacks_IsNamed()
    {
        await using var server = new FakeApiServer(_ => (404, FakeApiServer.Status(404, "NotFound", "not found")));
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));

        var failure = await Should.ThrowAsync<CloudException>(() => Workloads(services).ApplyAsync(TestCluster.Server("app", "true") with { MinAvailable = 1 }, cancellationToken: Token));

        failure.Code.ShouldBe(CloudErrorCode.Unsupported);
        failure.Reason.ShouldBe(WorkloadErrorReasons.ApiMissing);
        failure.Message.ShouldContain("PodDisruptionBudget in policy/v1 or policy/v1beta1");
        server.Requests.ShouldNotContain(request => request.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_AfterTheClusterForgot_ListsAnewAndTellsTheDifference()
    {
        var watches = 0;
        var lists = 0;
        await using var server = new FakeApiServer(request =>
        {
            if (request.QueryString["watch"] is null)
            {
                return (200, ++lists == 1
                    ? $$"""{"metadata":{"resourceVersion":"10"},"items":[{{PodJson(1)}},{{PodJson(2)}}]}"""
                    : $$"""{"metadata":{"resourceVersion":"20"},"items":[{{PodJson(2)}},{{PodJson(3)}}]}""");
            }

            return ++watches == 1 ? (200, """{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"11"}}}""" + "\n")
                : watches == 2 ? (200, """{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version"}}""" + "\n")
                : (200, $$$"""{"type":"DELETED","object":{{{PodJson(3)}}}}""" + "\n");
        });
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));

        var told = await Workloads(services).GetRequiredService<IWorkloadActivity>().WatchPodsAsync(cancellationToken: Token).Take(5).Select(change => $"{change.Kind} {change.Pod.Name}").ToListAsync(Token);

        told.ShouldBe(["Added p1", "Added p2", "Added p3", "Deleted p1", "Deleted p3"]);
        server.Requests.Where(request => request.Contains("watch=", StringComparison.Ordinal)).Select(request => request.Split("resourceVersion=")[1]).ShouldBe(["10", "11", "20"]);
    }

    [Fact]
    public async Task Logs_WhatTheNodeSaysItself_IsNoLineAndEndsNoReading()
    {
        const string Complaint = "failed to watch file: no space left on device\n";
        var reads = 0;
        await using var server = new FakeApiServer(request =>
            !request.Url!.AbsolutePath.EndsWith("/log", StringComparison.Ordinal) ? (200, LoggingPodJson(reads < 3 ? "Running" : "Succeeded"))
            : ++reads == 1 ? (200, "1970-01-01T00:00:01Z one\n1970-01-01T00:00:01Z two\n" + Complaint)
            : reads == 2 ? (200, Complaint)
            : reads == 3 ? (200, "1970-01-01T00:00:01Z one\n1970-01-01T00:00:01Z two\n1970-01-01T00:00:02Z three\n")
            : (200, "1970-01-01T00:00:02Z three\n"));
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));

        var told = await Workloads(services).ReadLogsAsync("p", new LogOptions { Follow = true }, Token).Select(line => line.Text).ToListAsync(Token);

        told.ShouldBe(["one", "two", "three"]);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 10)]
    public async Task Logs_OfANodeThatOnlyComplains_FailWithItsWords(bool isFollowed, int reads)
    {
        await using var server = new FakeApiServer(request =>
            (200, request.Url!.AbsolutePath.EndsWith("/log", StringComparison.Ordinal) ? "unable to retrieve container logs\n" : LoggingPodJson("Running")));
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));

        var failure = await Should.ThrowAsync<CloudException>(async () => await Workloads(services).ReadLogsAsync("p", new LogOptions { Follow = isFollowed }, Token).CountAsync(Token));

        failure.Code.ShouldBe(CloudErrorCode.Unavailable);
        failure.Message.ShouldContain("unable to retrieve container logs");
        server.Requests.Count(request => request.Contains("/log?", StringComparison.Ordinal)).ShouldBe(reads);
    }

    [Theory]
    [InlineData(403, "Forbidden", "pods is forbidden: User cannot list", CloudErrorCode.PermissionDenied, null)]
    [InlineData(403, "Forbidden", "exceeded quota: skycompat", CloudErrorCode.QuotaExceeded, null)]
    [InlineData(400, "BadRequest", "bad", CloudErrorCode.InvalidArgument, null)]
    [InlineData(409, "Conflict", "modified", CloudErrorCode.Conflict, null)]
    [InlineData(410, "Expired", "too old", CloudErrorCode.Conflict, WorkloadErrorReasons.VersionExpired)]
    [InlineData(422, "Invalid", "spec: field is immutable", CloudErrorCode.Conflict, null)]
    [InlineData(422, "Invalid", "spec: Required value", CloudErrorCode.InvalidArgument, null)]
    [InlineData(429, "TooManyRequests", "slow down", CloudErrorCode.Throttled, null)]
    [InlineData(500, "InternalError", "etcd", CloudErrorCode.Unavailable, null)]
    [InlineData(503, "ServiceUnavailable", "starting", CloudErrorCode.Unavailable, null)]
    [InlineData(504, "Timeout", "slow", CloudErrorCode.Timeout, null)]
    [InlineData(418, "Teapot", "new", CloudErrorCode.Unknown, null)]
    public async Task Errors_MeanTheSameAsOnEveryCloud(int status, string reason, string message, CloudErrorCode code, string? finer)
    {
        await using var server = new FakeApiServer(_ => (status, FakeApiServer.Status(status, reason, message)));
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder), null, new KeyValuePair<string, string?>("SkyCompat:Clouds:kube:Resilience:MaxAttempts", "1"));

        var failure = await Should.ThrowAsync<CloudException>(async () => await Workloads(services).ListPodsAsync(cancellationToken: Token).ToListAsync(Token));

        failure.Code.ShouldBe(code);
        failure.Reason.ShouldBe(finer);
        failure.StatusCode.ShouldBe(status);
        failure.ProviderCode.ShouldBe(reason);
        failure.Message.ShouldContain(message);
    }

    [Fact]
    public async Task AnswerOfSomethingElse_IsNoClusters()
    {
        await using var server = new FakeApiServer(_ => (200, "<html>Sign in</html>"));
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));

        var failure = await Should.ThrowAsync<CloudException>(async () => await Workloads(services).ListPodsAsync(cancellationToken: Token).ToListAsync(Token));

        failure.IsTransient.ShouldBeFalse();
        failure.Message.ShouldContain("not of Kubernetes");
    }

    [Fact]
    public async Task PodsOfAnotherYear_AreReadWhereTheyAreKnown()
    {
        await using var server = new FakeApiServer(_ => (200, """{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"p","uid":"u"},"status":{"phase":"Hibernating","conditions":"none"}},{}]}"""));
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));

        var pods = await Workloads(services).ListPodsAsync(cancellationToken: Token).ToListAsync(Token);

        pods.Select(pod => pod.Phase).ShouldBe([PodPhase.Unknown, PodPhase.Unknown]);
    }

    [Fact]
    public async Task CachedCredential_CostsLessThanAMillisecond()
    {
        await using var server = new FakeApiServer(_ => (200, "{}"));
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));
        var access = await services.GetRequiredService<ISky>().GetCluster("test").OpenAccessAsync(Token);
        await access.Credentials.GetAsync(Token);

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var time = 0; time < 10_000; time++)
        {
            await access.Credentials.GetAsync(Token);
        }

        (System.Diagnostics.Stopwatch.GetElapsedTime(started) / 10_000).ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
        access.ToString().ShouldNotContain("first");
    }

    [Theory]
    [MemberData(nameof(WrongWorkloads))]
    public async Task WrongInput_IsRefusedBeforeAnyRequest(Workload workload, string said)
    {
        await using var server = new FakeApiServer(_ => (500, "{}"));
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));

        (await Should.ThrowAsync<ArgumentException>(() => Workloads(services).ApplyAsync(workload, cancellationToken: Token))).Message.ShouldContain(said);
        server.Requests.ShouldBeEmpty();
    }

    public static TheoryData<Workload, string> WrongWorkloads()
    {
        var good = new Workload { Name = "app", Image = "a:1" };
        return new()
        {
            { good with { Name = "App" }, "'App' is not a name" },
            { good with { Name = new string('a', 53) }, "1 to 52" },
            { good with { Image = "a b" }, "Image must be" },
            { good with { Replicas = -1 }, "Replicas must be from 0" },
            { good with { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["1A"] = "" } }, "'1A' is not the name of an environment variable" },
            { good with { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "" }, Secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "" } }, "in Environment and in Secrets" },
            { good with { Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["../x"] = "" } }, "must be an absolute path" },
            { good with { Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["/x"] = new('x', 1_000_001) } }, "put what is larger into a bucket" },
            { good with { Resources = new WorkloadResources { Cpu = 2, MaxCpu = 1 } }, "MaxCpu is less" },
            { good with { Ports = [new WorkloadPort(0)] }, "A port is from 1" },
            { good with { Service = new WorkloadService() }, "Service needs Ports" },
            { good with { Ingress = new WorkloadIngress("x.example.com") }, "Ingress needs Service" },
            { good with { Schedule = "@daily" }, "Schedule belongs to a cron job" },
            { good with { Kind = WorkloadKind.CronJob, Schedule = "every day" }, "must have five fields" },
            { good with { Kind = WorkloadKind.Unknown }, "Kind must be one of" },
            { good with { Job = new JobSettings() }, "Job belongs to jobs" },
            { good with { Autoscale = new WorkloadAutoscale(1, 2) }, "Autoscale needs Resources.Cpu" },
            { good with { ReadinessProbe = new WorkloadProbe() }, "ReadinessProbe needs either Command" },
            { good with { Volumes = [new WorkloadVolume("v", "/v"), new WorkloadVolume("v", "/w")] }, "A name stands twice" },
            { good with { Buckets = [new WorkloadBucket("media") { ByIdentity = true }] }, "Identity is not set" },
        };
    }

    [Fact]
    public async Task WrongNames_AreRefusedBeforeAnyRequest()
    {
        await using var server = new FakeApiServer(_ => (500, "{}"));
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));
        var workloads = Workloads(services);

        await Should.ThrowAsync<ArgumentException>(() => workloads.TryGetAsync("../x", Token));
        await Should.ThrowAsync<ArgumentException>(() => workloads.ExecAsync("a/b", ["true"], cancellationToken: Token));
        await Should.ThrowAsync<ArgumentException>(() => workloads.ExecAsync("pod", [], cancellationToken: Token));
        await Should.ThrowAsync<ArgumentException>(() => workloads.OpenPortAsync("pod", 70000, Token));
        await Should.ThrowAsync<ArgumentException>(async () => await workloads.ReadLogsAsync("pod", new LogOptions { Follow = true, Previous = true }, Token).ToListAsync(Token));
        Should.Throw<ArgumentException>(() => services.GetRequiredService<ISky>().GetCluster("test").GetWorkloads("No"));
        server.Requests.ShouldBeEmpty();
    }

    internal static IWorkloads Workloads(ServiceProvider services) => services.GetRequiredService<ISky>().GetCluster("test").GetWorkloads();

    private static string LoggingPodJson(string phase) =>
        $$$"""{"metadata":{"name":"p","namespace":"shop","uid":"u"},"spec":{"containers":[{"name":"c"}]},"status":{"phase":"{{{phase}}}","containerStatuses":[{"name":"c","state":{"running":{} } }]} }""";

    internal static string PodJson(int number, string note = "") =>
        $$$"""{"metadata":{"name":"p{{{number}}}","namespace":"shop","uid":"u{{{number}}}","resourceVersion":"{{{number}}}","annotations":{"note":"{{{note}}}"}},"spec":{"containers":[{"name":"c"}]},"status":{"phase":"Pending"}}""";
}
