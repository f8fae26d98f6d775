using System.Net.Sockets;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>A store of tests/servers, which pods reach by the port that it has on this machine.</summary>
/// <param name="Name">The name of its script.</param>
/// <param name="Port">Its port.</param>
/// <param name="Path">The path of its endpoint.</param>
/// <param name="Secret">What must not be seen.</param>
/// <param name="Settings">The settings of a cloud; <c>ENDPOINT</c> stands for where it is.</param>
internal sealed record StoreInReach(string Name, int Port, string Path, string Secret, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>The published constants of Ceph's own development set-up.</summary>
    public static StoreInReach Ceph { get; } = new("ceph", 7480, "", "h7GhxuBLTrlhVUyxSPUKUV8r/2EI4ngqJxD7iBdBYLhwluN30JaT3Q==", new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Provider"] = "S3",
        ["S3:Profile"] = "Ceph",
        ["S3:Endpoint"] = "ENDPOINT",
        ["S3:AccessKeyId"] = "0555b35654ad1656d804",
        ["S3:SecretAccessKey"] = "SECRET",
    });

    /// <summary>Published by Microsoft for the emulator.</summary>
    public static StoreInReach Azurite { get; } = new("azurite", 10000, "/devstoreaccount1", "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==", new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Provider"] = "Azure",
        ["Azure:BlobServiceUri"] = "ENDPOINT",
        ["Azure:AccountKey"] = "SECRET",
    });

    /// <summary>As Amazon S3, by the provider of that; it takes any key.</summary>
    public static StoreInReach Moto { get; } = new("moto", 5555, "", "a-key-that-nobody-may-see", new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Provider"] = "Aws",
        ["Region"] = "us-east-1",
        ["Aws:S3Endpoint"] = "ENDPOINT",
        ["Aws:AddressingStyle"] = "Path",
        ["Aws:AccessKeyId"] = "any",
        ["Aws:SecretAccessKey"] = "SECRET",
    });

    /// <summary>Where a pod finds it: the bridge of the cluster's own network.</summary>
    public Uri FromCluster => new($"http://10.123.0.1:{Port}{Path}");

    public static StoreInReach Find(string name) => new[] { Ceph, Azurite, Moto }.Single(store => store.Name == name);

    /// <summary>The configuration of a cloud of this name.</summary>
    public KeyValuePair<string, string?>[] Configure(string cloud) =>
        [.. Settings.Select(pair => new KeyValuePair<string, string?>($"SkyCompat:Clouds:{cloud}:{pair.Key}", pair.Value switch { "ENDPOINT" => $"http://127.0.0.1:{Port}{Path}", "SECRET" => Secret, var value => value }))];

    /// <summary>Skips the test loudly if the store is not up; in CI that is a failure.</summary>
    public async Task RequireAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port, TestContext.Current.CancellationToken);
        }
        catch (SocketException exception)
        {
            var reason = $"The store {Name} is not there ({exception.Message}); start it with tests/servers/up.sh {Name}.";
            (Environment.GetEnvironmentVariable("CI") == "true").ShouldBeFalse(reason);
            Assert.Skip(reason);
        }
    }
}
