using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks;

/// <summary>The embedded store in a fresh folder, and a folder beside it for plain files.</summary>
internal sealed class LocalTarget : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LocalTarget(string root, ServiceProvider services, IBucket bucket)
    {
        _services = services;
        Root = root;
        Bucket = bucket;
        Files = Directory.CreateDirectory(Path.Combine(root, "files")).FullName;
    }

    public string Root { get; }

    public string Files { get; }

    public IBucket Bucket { get; }

    public static async Task<LocalTarget> OpenAsync()
    {
        var root = Directory.CreateTempSubdirectory("skycompat-bench-").FullName;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:Clouds:local:Provider"] = "Local",
            ["SkyCompat:Clouds:local:Local:Root"] = Path.Combine(root, "store"),
        }).Build();
        var services = new ServiceCollection();
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddLocal();
        var provider = services.BuildServiceProvider();
        var storage = provider.GetRequiredService<IObjectStorage>();
        await storage.CreateBucketAsync("bench");
        return new LocalTarget(root, provider, storage.GetBucket("bench"));
    }

    /// <summary>What an application would do without a store: write beside, sync, rename.</summary>
    public async Task WriteDurablyAsync(string name, byte[] body)
    {
        var temporary = Path.Combine(Files, $"{name}.tmp");
        await using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            await file.WriteAsync(body);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, Path.Combine(Files, name), overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
