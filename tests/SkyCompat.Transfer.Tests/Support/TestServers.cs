using System.Diagnostics.Metrics;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Tests.Support;

/// <summary>The test servers, as tests/servers/up.sh starts them, by the settings of the sample; and what a test made there, gone at the end.</summary>
public sealed class TestServers : IAsyncDisposable
{
    private static readonly IConfigurationSection Settings =
        new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "servers.json")).Build().GetSection("SkyCompat");

    private readonly ServiceProvider _services;
    private readonly List<(string Cloud, string Bucket)> _buckets = [];

    public TestServers()
    {
        Root = Directory.CreateTempSubdirectory("skycompat-servers-").FullName;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Settings.AsEnumerable().Where(setting => setting.Value is not null))
            .AddInMemoryCollection([new("SkyCompat:Clouds:local:Local:Root", Path.Combine(Root, "local"))])
            .Build();
        var services = new ServiceCollection();
        services.AddMetrics();
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddLocal().AddInMemory().AddS3().AddAzure().AddGoogle().AddAlibaba();
        _services = services.BuildServiceProvider();
    }

    public string Root { get; }

    public ISky Sky => _services.GetRequiredService<ISky>();

    public ITransferService Transfers => _services.GetRequiredService<ITransferService>();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A bucket of its own; skips the test loudly if the server is not up, and fails it in CI.</summary>
    public async Task<IBucket> CreateBucketAsync(string cloud)
    {
        await RequireAsync(cloud);
        var name = $"transfer-{Guid.NewGuid():n}"[..40];
        var storage = Sky.GetCloud(cloud).Storage;
        await storage.CreateBucketAsync(name, cancellationToken: Token);
        _buckets.Add((cloud, name));
        return storage.GetBucket(name);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (cloud, name) in _buckets)
        {
            var storage = Sky.GetCloud(cloud).Storage;
            var bucket = storage.GetBucket(name);
            await bucket.DeleteManyAsync(bucket.ListAsync().Select(entry => entry.Key)).LastOrDefaultAsync();
            await storage.DeleteBucketAsync(name);
        }

        await _services.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }

    private static async Task RequireAsync(string cloud)
    {
        var endpoint = cloud is "azurite" ? "http://127.0.0.1:10000" : Settings.GetSection($"Clouds:{cloud}").GetChildren().Select(section => section["Endpoint"]).FirstOrDefault(text => text is not null);
        if (endpoint is null)
        {
            return;
        }

        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", new Uri(endpoint).Port, Token);
        }
        catch (SocketException exception)
        {
            var reason = $"{cloud} is not there ({exception.Message}); start it with tests/servers/up.sh {cloud}.";
            (Environment.GetEnvironmentVariable("CI") == "true").ShouldBeFalse(reason);
            Assert.Skip(reason);
        }
    }
}
