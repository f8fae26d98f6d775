using System.Net.Sockets;
using SkyCompat.Cli.Tests.Support;

namespace SkyCompat.Cli.Tests.Workloads;

/// <summary>The commands about workloads, on the real cluster of tests/servers/k8s.sh where one is named.</summary>
public sealed class WorkloadCommandTests : IDisposable
{
    private const string Busybox = "docker.io/local/busybox:1";

    private static readonly string Kubeconfig = Path.Combine(
        Environment.GetEnvironmentVariable("SKYCOMPAT_SERVERS")
            ?? Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "skycompat", "servers"),
        "k8s",
        "admin.kubeconfig");

    private readonly Skyc _skyc = new(isConfigured: false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _skyc.Dispose();

    [Fact]
    public async Task Run_PrintsWhatTheJobWrites_AndEndsWithItsCode()
    {
        await ConfigureAsync();

        var done = await _skyc.RunAsync("run", Busybox, "--env", "NAME=you", "--quiet", "--", "sh", "-c", "echo hello $NAME");
        var failed = await _skyc.RunAsync("run", Busybox, "--quiet", "--json", "--", "sh", "-c", "echo no; exit 7");

        done.ExitCode.ShouldBe(0, done.Error);
        done.Lines.ShouldBe(["hello you"]);
        failed.ExitCode.ShouldBe(7, failed.Error);
        failed.Documents.Select(document => (string)document["type"]!).ShouldBe(["line", "run"]);
        ((string)failed.Documents[0]["text"]!).ShouldBe("no");
        ((int)failed.Documents[1]["exitCode"]!).ShouldBe(7);
    }

    [Fact]
    public async Task Run_ImageThatCannotBePulled_EndsAtOnceWithTheReason()
    {
        await ConfigureAsync();

        var ran = await _skyc.RunAsync("run", "127.0.0.1:9/no/such:image", "--quiet");

        ran.ExitCode.ShouldBe(ExitCode.Unreachable);
        ran.Error.ShouldContain("cannot be pulled");
    }

    [Fact]
    public async Task ApplyLogsExecForward_OnOnePod()
    {
        await ConfigureAsync();
        var name = $"cli-{Guid.NewGuid():n}"[..12];
        _skyc.Write("pod.yaml", $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: {{name}}}
            spec:
              terminationGracePeriodSeconds: 0
              containers: [{name: c, image: "{{Busybox}}", command: [sh, -c, "echo up; nc -ll -p 7000 -e cat"]}]
            """);

        (await _skyc.DoAsync("apply", "pod.yaml", "--dry-run")).Lines.ShouldBe([$"created Pod default/{name}"]);
        (await _skyc.DoAsync("apply", "pod.yaml")).Lines.ShouldBe([$"created Pod default/{name}"]);
        (await _skyc.DoAsync("apply", "pod.yaml", "--json")).Document["outcome"]!.GetValue<string>().ShouldBe("unchanged");
        var up = false;
        for (var look = 0; look < 100 && !up; look++)
        {
            var logs = await _skyc.RunAsync("logs", name);
            up = logs.Out == "up\n";
        }

        up.ShouldBeTrue();
        var ran = await _skyc.RunAsync("exec", name, "--", "sh", "-c", "echo out; echo err >&2; exit 4");
        ran.ExitCode.ShouldBe(4);
        ran.Out.ShouldBe("out\n");
        ran.Error.ShouldBe("err\n");
        var missing = await _skyc.RunAsync("exec", name, "--", "bash");
        missing.ExitCode.ShouldBe(ExitCode.NotFound);
        missing.Error.ShouldContain("has no program 'bash'");
    }

    [Theory]
    [InlineData("run image", "No cluster is configured under SkyCompat:Clusters")]
    [InlineData("run image --cluster nowhere", "There is no logical cluster 'nowhere'")]
    [InlineData("run image --cluster home:x", "has no clusters")]
    [InlineData("apply missing.yaml --cluster home:x", "has no clusters")]
    [InlineData("forward web x", "'x' is not [LOCAL:]PORT")]
    [InlineData("exec web", "Required argument missing")]
    public async Task WrongInput_SaysWhatIsRight(string line, string said)
    {
        using var skyc = new Skyc();

        var ran = await skyc.RunAsync(line.Split(' '));

        ran.ExitCode.ShouldNotBe(ExitCode.Done);
        ran.Error.ShouldContain(said);
    }

    private async Task ConfigureAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", 16443, Token);
        }
        catch (SocketException exception)
        {
            var reason = $"The cluster k8s is not there ({exception.Message}); start it with tests/servers/up.sh k8s.";
            (Environment.GetEnvironmentVariable("CI") == "true").ShouldBeFalse(reason);
            Assert.Skip(reason);
        }

        _skyc.Write("appsettings.json", $$$"""
            { "SkyCompat": {
                "Clouds": { "kube": { "Provider": "Kubernetes", "Kubernetes": { "Kubeconfig": "{{{Kubeconfig}}}" }, "Clusters": { "PollInterval": "00:00:00.2" } } },
                "Clusters": { "test": { "Cloud": "kube" } } } }
            """);
    }
}
