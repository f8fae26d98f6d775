using k8s;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Transfer;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>A cluster through dependency injection, with a namespace that is gone at the end.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    /// <summary>Debian's busybox, which the node has.</summary>
    public const string Busybox = "docker.io/local/busybox:1";

    /// <summary>An image with one program and no shell.</summary>
    public const string NoShell = "docker.io/local/pause:1";

    private readonly ServiceProvider _services;

    private TestCluster(ServiceProvider services, string namespaceName)
    {
        _services = services;
        Namespace = namespaceName;
    }

    public string Namespace { get; }

    public ISky Sky => _services.GetRequiredService<ISky>();

    public ITransferService Transfers => _services.GetRequiredService<ITransferService>();

    public ICluster Cluster => Sky.GetCluster("test");

    public IWorkloads Workloads => Cluster.GetWorkloads();

    public IKubernetes Native => Workloads.GetRequiredService<IKubernetes>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestCluster> OpenAsync(K8sServer? server = null, string? kubeconfig = null, params KeyValuePair<string, string?>[] settings)
    {
        server ??= K8sServer.First;
        await server.RequireAsync();
        var name = $"test-{Guid.NewGuid():n}"[..20];
        var opened = new TestCluster(Build(kubeconfig ?? server.Kubeconfig, name, settings), name);
        await opened.Workloads.GetRequiredService<INamespaces>().CreateAsync(name, Token);
        return opened;
    }

    /// <summary>Services with one cloud, that is the cluster of a kubeconfig.</summary>
    public static ServiceProvider Build(string kubeconfig, string? namespaceName = null, params KeyValuePair<string, string?>[] settings) => Build(TimeProvider.System, kubeconfig, namespaceName, settings);

    public static ServiceProvider Build(TimeProvider time, string kubeconfig, string? namespaceName = null, params KeyValuePair<string, string?>[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("SkyCompat:DefaultCloud", "kube"),
            new("SkyCompat:Clouds:kube:Provider", "Kubernetes"),
            new("SkyCompat:Clouds:kube:Kubernetes:Kubeconfig", kubeconfig),
            new("SkyCompat:Clouds:kube:Clusters:PollInterval", "00:00:00.2"),
            new("SkyCompat:Clouds:kube:Clusters:WaitTimeout", "00:03:00"),
            new("SkyCompat:Clusters:test:Namespace", namespaceName),
            .. settings,
        ]).Build();
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddKubernetes().AddLocal().AddS3().AddAws().AddAzure();
        return services.BuildServiceProvider();
    }

    /// <summary>A job of one shell line.</summary>
    public static Workload Job(string name, string line) => new() { Name = name, Kind = WorkloadKind.Job, Image = Busybox, Command = ["sh", "-c", line], StopTimeout = TimeSpan.Zero };

    /// <summary>What runs one shell line for good.</summary>
    public static Workload Server(string name, string line) => new() { Name = name, Image = Busybox, Command = ["sh", "-c", line], StopTimeout = TimeSpan.Zero };

    public async ValueTask DisposeAsync()
    {
        // Not waited for: it takes longer than most tests.
        using var _ = await Native.CoreV1.DeleteNamespaceWithHttpMessagesAsync(Namespace);
        await _services.DisposeAsync();
    }
}
