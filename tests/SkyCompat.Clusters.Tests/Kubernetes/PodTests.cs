using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>Programs and ports of real pods.</summary>
public sealed class PodTests : ClusterTest
{
    [Fact]
    public async Task Exec_HasOutputErrorsAndExitCode_AndNoShellReadsIt()
    {
        var pod = await StartAsync("sleep 1000");

        var result = await Workloads.ExecAsync(pod, ["sh", "-c", "echo out; echo err >&2; exit 4"], cancellationToken: Token);
        var verbatim = await Workloads.ExecAsync(pod, ["echo", "$HOME", "a  b", "ü&?"], cancellationToken: Token);
        var fed = await Workloads.ExecAsync(pod, ["head", "-c", "5"], new ExecOptions { Input = "12345678"u8.ToArray() }, Token);

        result.ShouldBe(new ExecResult(4, "out\n", "err\n", false));
        verbatim.Output.ShouldBe("$HOME a  b ü&?\n");
        fed.Output.ShouldBe("12345");
    }

    [Fact]
    public async Task Exec_MoreOutputThanIsKept_IsCutAndSaysSo()
    {
        var pod = await StartAsync("sleep 1000");
        long told = 0;

        var result = await Workloads.ExecAsync(pod, ["head", "-c", "3000000", "/dev/zero"], new ExecOptions { MaxOutputBytes = 1000, OnOutput = (piece, _) => told += piece.Length }, Token);

        result.Output.Length.ShouldBe(1000);
        result.IsTruncated.ShouldBeTrue();
        told.ShouldBe(3_000_000);
    }

    [Fact]
    public async Task Exec_ContainerWithoutAShell_SaysThatThereIsNone()
    {
        await Workloads.ApplyAndWaitAsync(new Workload { Name = "quiet", Image = TestCluster.NoShell, StopTimeout = TimeSpan.Zero }, cancellationToken: Token);
        var pod = (await Cluster.PodOfAsync("quiet")).Name;

        var failure = await Should.ThrowAsync<CloudException>(() => Workloads.ExecAsync(pod, ["sh", "-c", "true"], cancellationToken: Token));
        var absolute = await Should.ThrowAsync<CloudException>(() => Workloads.ExecAsync(pod, ["/bin/bash"], cancellationToken: Token));

        failure.Code.ShouldBe(CloudErrorCode.NotFound);
        failure.Reason.ShouldBe(WorkloadErrorReasons.ProgramNotFound);
        absolute.Reason.ShouldBe(WorkloadErrorReasons.ProgramNotFound);
    }

    [Fact]
    public async Task Exec_WhereNothingRuns_IsAConflictOrNotFound()
    {
        await Workloads.ApplyAsync(TestCluster.Server("app", "sleep 1000") with { Resources = new WorkloadResources { Cpu = 999 } }, cancellationToken: Token);
        var pending = await Workloads.GetRequiredService<IWorkloadActivity>().WatchPodsAsync(cancellationToken: Token).FirstAsync(Token);

        (await Should.ThrowAsync<CloudException>(() => Workloads.ExecAsync(pending.Pod.Name, ["true"], cancellationToken: Token))).Reason.ShouldBe(WorkloadErrorReasons.NotStarted);
        (await Should.ThrowAsync<CloudException>(() => Workloads.ExecAsync("nobody", ["true"], cancellationToken: Token))).Code.ShouldBe(CloudErrorCode.NotFound);
    }

    [Fact]
    public async Task Port_AsAStreamAndAsAListener_CarriesBothWays()
    {
        var pod = await StartAsync("mkdir /w; echo page >/w/index.html; httpd -f -p 8080 -h /w", port: 8080);

        await using var stream = await Workloads.OpenPortAsync(pod, 8080, Token);
        await stream.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), Token);
        var direct = await new StreamReader(stream).ReadToEndAsync(Token);
        await using var forward = await Workloads.ListenAsync(pod, 8080, cancellationToken: Token);
        using var http = new HttpClient();
        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => http.GetStringAsync($"http://127.0.0.1:{forward.LocalPort}/", Token)));

        direct.ShouldContain(" 200 OK");
        direct.ShouldEndWith("page\n");
        pages.ShouldAllBe(page => page == "page\n");
        (await Should.ThrowAsync<CloudException>(() => Workloads.ListenAsync(pod, 8080, forward.LocalPort, Token))).Code.ShouldBe(CloudErrorCode.AlreadyExists);
    }

    [Fact]
    public async Task Port_WhereNothingListens_SaysSo()
    {
        var pod = await StartAsync("sleep 1000");
        await using var forward = await Workloads.ListenAsync(pod, 9, cancellationToken: Token);
        var failed = new TaskCompletionSource<CloudException>();
        forward.Failed += (_, failure) => failed.TrySetResult(failure.Error);

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, forward.LocalPort, Token);

        (await client.GetStream().ReadAsync(new byte[1], Token)).ShouldBe(0);
        (await failed.Task.WaitAsync(TimeSpan.FromSeconds(20), Token)).Message.ShouldContain("Port 9 of the pod");
    }

    [Fact]
    public async Task Port_OfMegabytes_ArrivesWhole()
    {
        var pod = await StartAsync("nc -ll -p 7000 -e cat", port: 7000);
        var sent = new byte[3_000_000];
        new Random(1).NextBytes(sent);

        await using var stream = await Workloads.OpenPortAsync(pod, 7000, Token);
        var writing = stream.WriteAsync(sent, Token).AsTask();
        var received = new byte[sent.Length];
        await stream.ReadExactlyAsync(received, Token);
        await writing;

        received.AsSpan().SequenceEqual(sent).ShouldBeTrue();
    }

    [Fact]
    public async Task Events_TellWhatHappened()
    {
        var pod = await StartAsync("sleep 1000");

        var events = await Workloads.GetRequiredService<IWorkloadActivity>().ListEventsAsync(pod, Token).ToListAsync(Token);

        events.ShouldContain(item => item.Reason == "Scheduled");
        events.ShouldAllBe(item => item.ObjectName == pod);
    }

    private async Task<string> StartAsync(string line, int? port = null)
    {
        var workload = TestCluster.Server("app", line) with { ReadinessProbe = port is null ? null : new WorkloadProbe { Port = port, Interval = TimeSpan.FromSeconds(1) } };
        await Workloads.ApplyAndWaitAsync(workload, cancellationToken: Token);
        return (await Cluster.PodOfAsync("app")).Name;
    }
}
