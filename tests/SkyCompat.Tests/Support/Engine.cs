using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using SkyCompat.Hosting;
using SkyCompat.Memory;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

/// <summary>The engine over a scripted store, made by dependency injection as an application does.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Engine(Action<CloudOptions>? cloud = null, BucketCapabilities? capabilities = null, long budgetBytes = 64 << 20, Action<LogicalBucketOptions>? bucket = null, ScriptedStorage? storage = null)
    {
        Storage = storage ?? new ScriptedStorage();
        Storage.Capabilities = capabilities ?? ScriptedBucket.Everything;
        Driver = Storage.Bucket();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<CloudProviderFactory>(new ScriptedFactory(_ => Storage));
        services.AddMetrics();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging());
        services.Configure<SkyCompatOptions>(options => options.BufferBudgetBytes = budgetBytes);
        services.AddSkyCompat()
            .AddCloud("home", "Test", options =>
            {
                // Nothing idles unless a test moves the clock.
                options.Resilience.IdleTimeout = TimeSpan.FromMinutes(50);
                cloud?.Invoke(options);
            })
            .AddBucket("media", options =>
            {
                options.Name = "media";
                bucket?.Invoke(options);
            });
        _services = services.BuildServiceProvider();
    }

    public TestTime Time { get; } = new();

    public ScriptedStorage Storage { get; }

    /// <summary>The bucket as the store has it.</summary>
    public ScriptedBucket Driver { get; }

    public Script Script => Storage.Script;

    public IServiceProvider Services => _services;

    /// <summary>The bucket as the application has it.</summary>
    public IBucket Bucket => _services.GetRequiredKeyedService<IBucket>("media");

    public ISky Sky => _services.GetRequiredService<ISky>();

    public IObjectStorage Store => _services.GetRequiredService<IObjectStorage>();

    public FakeLogCollector Logs => _services.GetFakeLogCollector();

    public ByteBudget Budget => ((Sky)Sky).Budget;

    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static IReadOnlyDictionary<string, string> Map(params (string Key, string Value)[] pairs) => pairs.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
