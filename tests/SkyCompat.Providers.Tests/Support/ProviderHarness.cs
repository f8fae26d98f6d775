using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Conformance;
using SkyCompat.Contracts;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests;

/// <summary>A harness whose clouds are configured as an application configures them.</summary>
public abstract class ProviderHarness : ConformanceHarness
{
    private const string Main = "main";
    private const string Portable = "portable";
    private const string Foreign = "foreign";
    private readonly List<ServiceProvider> _hosts = [];

    // SKYCOMPAT_CONTRACTS=collect lets a run go on and reports all violations together at its end.
    private readonly ContractLog _contracts = new() { ThrowsAtOnce = Environment.GetEnvironmentVariable("SKYCOMPAT_CONTRACTS") != "collect" };
    private ISky? _sky;
    private ISky? _late;

    public override IObjectStorage Storage => Sky.GetCloud(Main).Storage;

    public override IObjectStorage? PortableStorage => Sky.GetCloud(Portable).Storage;

    public override IObjectStorage? ForeignStorage => Sky.GetCloud(Foreign).Storage;

    public override IObjectStorage? BackdatedStorage => _late?.GetCloud(Main).Storage;

    /// <summary>Nightly runs set SKYCOMPAT_CONFORMANCE=nightly; SKYCOMPAT_CONFORMANCE=quirks looks whether the known deviations are still there.</summary>
    public override ConformanceScale Scale { get; } = Environment.GetEnvironmentVariable("SKYCOMPAT_CONFORMANCE") switch
    {
        "nightly" => new ConformanceScale { MaxBodyBytes = 65 << 20, ListCount = 5_100, Repeats = 1_000 },
        "quirks" => new ConformanceScale { RunQuirks = true },
        _ => new ConformanceScale(),
    };

    /// <summary>The value of <c>Provider</c>, and the name of the provider's own section.</summary>
    protected abstract string ProviderName { get; }

    /// <summary>The cloud's region; null where the provider has none or names it in its own section.</summary>
    protected virtual string? Region => null;

    /// <summary>The provider's own section.</summary>
    protected abstract IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>The services that the adapter talks to and what describes them; empty where there is nothing to check, as for adapters without a network.</summary>
    protected virtual IReadOnlyList<ContractService> ContractServices => [];

    private ISky Sky => _sky ?? throw new InvalidOperationException("The harness is not initialized.");

    public override ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        _sky = Build(Settings, TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public override IBucket? WithPrefix(IBucket bucket, string prefix) => bucket.WithPrefix(prefix);

    public override IBucket? AsReadOnly(IBucket bucket) => bucket.AsReadOnly();

    /// <summary>Opens the same cloud with a clock that is two hours late.</summary>
    protected void OpenLate(IReadOnlyDictionary<string, string?> settings) => _late = Build(settings, new LateClock());

    /// <summary>Adds services that only this harness needs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="clock">The clock, which is late or the system's.</param>
    protected virtual void Configure(IServiceCollection services, TimeProvider clock)
    {
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await base.DisposeAsyncCore();

        // What was found where nothing could be thrown, such as when a reply was given back unread.
        _contracts.AssertClean();
    }

    private ISky Build(IReadOnlyDictionary<string, string?> settings, TimeProvider clock)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:DefaultCloud"] = Main,
            [$"SkyCompat:Clouds:{Main}:Provider"] = ProviderName,
            [$"SkyCompat:Clouds:{Main}:KeyPolicy"] = nameof(KeyPolicy.Verbatim),
            [$"SkyCompat:Clouds:{Portable}:Provider"] = ProviderName,
            [$"SkyCompat:Clouds:{Foreign}:Provider"] = "InMemory",
        };
        if (Region is { } region)
        {
            values[$"SkyCompat:Clouds:{Main}:Region"] = region;
            values[$"SkyCompat:Clouds:{Portable}:Region"] = region;
        }

        foreach (var (key, value) in settings)
        {
            values[$"SkyCompat:Clouds:{Main}:{ProviderName}:{key}"] = value;
            values[$"SkyCompat:Clouds:{Portable}:{ProviderName}:{key}"] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton(clock);
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddLocal().AddInMemory().AddS3().AddAlibaba().AddAzure().AddGoogle();
        Configure(services, clock);
        if (ContractSpecs.Root is not null && ContractServices is { Count: > 0 } described)
        {
            services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new ContractHandler(_contracts, described)));
        }

        var host = services.BuildServiceProvider();
        _hosts.Add(host);
        return host.GetRequiredService<ISky>();
    }

    private sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - TimeSpan.FromHours(2);
    }
}
