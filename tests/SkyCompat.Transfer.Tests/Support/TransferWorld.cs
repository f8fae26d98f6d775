using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Tests.Support;

/// <summary>Two embedded clouds that cannot copy from each other, and folders, gone at the end.</summary>
public sealed class TransferWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="configure">Changes the settings; null for none.</param>
    /// <param name="faultsOfA">Hits requests to cloud a.</param>
    /// <param name="faultsOfB">Hits requests to cloud b.</param>
    /// <param name="add">Adds services; null for none.</param>
    public TransferWorld(Action<IDictionary<string, string?>>? configure = null, FaultPlan? faultsOfA = null, FaultPlan? faultsOfB = null, Action<IServiceCollection>? add = null)
    {
        Root = Directory.CreateTempSubdirectory("skycompat-transfer-").FullName;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["SkyCompat:DefaultCloud"] = "a" };
        foreach (var cloud in (string[])["a", "b"])
        {
            settings[$"SkyCompat:Clouds:{cloud}:Provider"] = "Local";
            settings[$"SkyCompat:Clouds:{cloud}:Local:Root"] = Path.Combine(Root, cloud);
            settings[$"SkyCompat:Clouds:{cloud}:Local:Durability"] = nameof(LocalDurability.Relaxed);
            settings[$"SkyCompat:Clouds:{cloud}:Resilience:BaseDelay"] = "00:00:00.001";
            settings[$"SkyCompat:Clouds:{cloud}:Resilience:MaxDelay"] = "00:00:00.010";
        }

        configure?.Invoke(settings);
        var services = new ServiceCollection();
        services.AddMetrics();
        add?.Invoke(services);
        services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("SkyCompat"))
            .AddLocal()
            .InjectFaults("a", faultsOfA ?? new FaultPlan())
            .InjectFaults("b", faultsOfB ?? new FaultPlan());
        _services = services.BuildServiceProvider();
    }

    public string Root { get; }

    public ISky Sky => _services.GetRequiredService<ISky>();

    public ITransferService Transfers => _services.GetRequiredService<ITransferService>();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Bytes that differ from seed to seed and are the same in each run.</summary>
    public static byte[] Bytes(int size, int seed = 1)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    public async Task<IBucket> CreateBucketAsync(string cloud, string name)
    {
        await Sky.GetCloud(cloud).Storage.CreateBucketAsync(name, cancellationToken: Token);
        return Sky.GetCloud(cloud).Storage.GetBucket(name);
    }

    /// <summary>Names and content of all objects.</summary>
    public static async Task<SortedDictionary<string, string>> ReadAsync(IBucket bucket, string prefix = "")
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entry in bucket.ListAsync(new ListOptions { Prefix = prefix }, Token))
        {
            found[entry.Key[prefix.Length..]] = Convert.ToHexString(SHA256.HashData(await bucket.GetBytesAsync(entry.Key, cancellationToken: Token)));
        }

        return found;
    }

    public static SortedDictionary<string, string> ReadFolder(string folder)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            found[Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
