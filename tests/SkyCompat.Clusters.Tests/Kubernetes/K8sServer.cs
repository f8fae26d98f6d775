using System.Globalization;
using System.Net.Sockets;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>A Kubernetes 1.20, as tests/servers/k8s.sh and k8s2.sh start it.</summary>
internal sealed class K8sServer
{
    private K8sServer(string name, int port)
    {
        Name = name;
        Port = port;
    }

    public static K8sServer First { get; } = new("k8s", 16443);

    public static K8sServer Second { get; } = new("k8s2", 16543);

    /// <summary>The name of its script.</summary>
    public string Name { get; }

    public int Port { get; }

    public string Kubeconfig => Path.Combine(State, "admin.kubeconfig");

    private static string States =>
        Environment.GetEnvironmentVariable("SKYCOMPAT_SERVERS")
        ?? Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "skycompat", "servers");

    private string State => Path.Combine(States, Name);

    public static K8sServer Find(string name) => name == First.Name ? First : Second;

    /// <summary>Skips the test loudly if the cluster is not up; in CI that is a failure.</summary>
    public async Task RequireAsync()
    {
        if (await UnavailableReasonAsync(TestContext.Current.CancellationToken) is { } reason)
        {
            (Environment.GetEnvironmentVariable("CI") == "true").ShouldBeFalse(reason);
            Assert.Skip(reason);
        }
    }

    public async Task<string?> UnavailableReasonAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
            return File.Exists(Kubeconfig) ? null : $"Something listens on {Port}, and it is not the cluster {Name}.";
        }
        catch (SocketException exception)
        {
            return $"The cluster {Name} is not there ({exception.Message}); start it with tests/servers/up.sh {Name}.";
        }
    }

    /// <summary>Writes a copy of the kubeconfig, changed.</summary>
    public string CopyKubeconfig(string folder, Func<string, string> change)
    {
        var path = Path.Combine(folder, "kubeconfig");
        File.WriteAllText(path, change(File.ReadAllText(Kubeconfig)));
        return path;
    }

    /// <summary>Ends the API server's process, which the script's loop starts again.</summary>
    public void EndApiServer()
    {
        var record = File.ReadAllLines(Path.Combine(State, "processes")).Select(line => line.Split(' ')).Single(parts => parts[0] == "apiserver");
        var pid = int.Parse(record[1], CultureInfo.InvariantCulture);
        while (true)
        {
            if (File.ReadAllText($"/proc/{pid}/cmdline").Split('\0')[0].EndsWith("/kube-apiserver", StringComparison.Ordinal))
            {
                System.Diagnostics.Process.GetProcessById(pid).Kill();
                return;
            }

            pid = int.Parse(File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ')[0], CultureInfo.InvariantCulture);
        }
    }
}
