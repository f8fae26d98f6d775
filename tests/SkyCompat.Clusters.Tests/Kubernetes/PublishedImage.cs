using System.Collections.Concurrent;
using System.Diagnostics;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>A project of this repository as a container image, published by <c>dotnet publish</c> once per run where its sources are newer, and given to a cluster's node.</summary>
internal sealed class PublishedImage
{
    /// <summary>What tests/servers say where this machine cannot do it.</summary>
    private const int Skipped = 69;

    private static readonly string Root = FindRoot();

    private readonly ConcurrentDictionary<string, Task> _loads = new(StringComparer.Ordinal);
    private readonly Lazy<Task> _publishing;
    private readonly string _archive;

    private PublishedImage(string project, string repository)
    {
        _archive = Path.Combine(Root, "artifacts", "images", repository + ".tar");
        _publishing = new(() => RunAsync("publish.sh", Path.Combine(Root, project), $"local/{repository}:1", _archive));
        Name = $"docker.io/local/{repository}:1";
    }

    public static PublishedImage ClusterApp { get; } = new("samples/ClusterApp", "clusterapp");

    public static PublishedImage Skyc { get; } = new("src/SkyCompat.Cli", "skyc");

    /// <summary>The name that a workload gives.</summary>
    public string Name { get; }

    public async Task LoadAsync(K8sServer server)
    {
        await server.RequireAsync();
        await _publishing.Value;
        await _loads.GetOrAdd(server.Name, name => RunAsync("load.sh", name, _archive));
    }

    private static async Task RunAsync(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Root, "tests", "servers", "k8s", script), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode == Skipped)
        {
            (Environment.GetEnvironmentVariable("CI") == "true").ShouldBeFalse(said[1]);
            Assert.Skip(said[1]);
        }

        process.ExitCode.ShouldBe(0, string.Concat(said));
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SkyCompat.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }
}
