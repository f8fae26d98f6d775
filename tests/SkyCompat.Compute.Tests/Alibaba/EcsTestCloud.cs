using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Contracts;
using SkyCompat.Contracts.Signatures;
using SkyCompat.Drivers;
using SkyCompat.Emulators.AlibabaEcs;
using SkyCompat.Hosting;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>A cloud on an emulator of its own, configured as an application configures it, every request and reply checked against the provider's descriptions.</summary>
internal sealed class EcsTestCloud : IAsyncDisposable
{
    public const string Region = "cn-hangzhou";
    public const string Zone = "cn-hangzhou-h";
    public const string OtherRegion = "eu-central-1";
    private readonly ServiceProvider _services;
    private readonly bool _ownsEmulator;

    private EcsTestCloud(EcsEmulator emulator, bool ownsEmulator, ServiceProvider services, ContractLog contracts, IConfiguration configuration)
    {
        Emulator = emulator;
        _ownsEmulator = ownsEmulator;
        _services = services;
        Contracts = contracts;
        Driver = services.GetRequiredService<CloudProviderFactory>().Create(new CloudConfiguration("ali", "SkyCompat:Clouds:ali", Region, configuration.GetSection("SkyCompat:Clouds:ali:Alibaba")), services).Compute!;
    }

    public EcsEmulator Emulator { get; }

    public EcsState State => Emulator.State;

    public EcsFaults Faults => Emulator.Faults;

    public ContractLog Contracts { get; }

    /// <summary>The driver without the engine.</summary>
    public ComputeDriver Driver { get; }

    /// <summary>The engine over a driver of its own.</summary>
    public IComputeService Compute => _services.GetRequiredService<ISky>().GetCloud("ali").Compute;

    /// <summary>Starts one. Without the descriptions on this machine the test is skipped, as nothing would be checked.</summary>
    /// <param name="options">How the emulator runs.</param>
    /// <param name="settings">What differs in the section <c>Alibaba</c>.</param>
    /// <param name="configure">Adds services.</param>
    /// <param name="shared">An emulator that others use too; null for one of its own.</param>
    public static async Task<EcsTestCloud> StartAsync(
        EcsEmulatorOptions? options = null, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null, EcsEmulator? shared = null)
    {
        if (ContractSpecs.UnavailableReason is { } reason)
        {
            Assert.Skip(reason);
        }

        var emulator = shared ?? await EcsEmulator.StartAsync(options ?? new EcsEmulatorOptions());
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:DefaultCloud"] = "ali",
            ["SkyCompat:Clouds:ali:Provider"] = "Alibaba",
            ["SkyCompat:Clouds:ali:Region"] = Region,
            ["SkyCompat:Clouds:ali:Resilience:BaseDelay"] = "00:00:00.001",
            ["SkyCompat:Clouds:ali:Resilience:MaxDelay"] = "00:00:00.002",
            ["SkyCompat:Clouds:ali:Compute:PollInterval"] = "00:00:00.001",
            ["SkyCompat:Clouds:ali:Alibaba:EcsEndpoint"] = emulator.Endpoint.GetLeftPart(UriPartial.Authority),
            ["SkyCompat:Clouds:ali:Alibaba:VpcEndpoint"] = emulator.VpcEndpoint.GetLeftPart(UriPartial.Authority),
            ["SkyCompat:Clouds:ali:Alibaba:AccessKeyId"] = EcsAccount.Main.AccessKeyId,
            ["SkyCompat:Clouds:ali:Alibaba:AccessKeySecret"] = EcsAccount.Main.AccessKeySecret,
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            values[$"SkyCompat:Clouds:ali:Alibaba:{key}"] = value;
        }

        var log = new ContractLog { ThrowsAtOnce = true };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection().AddLogging();
        configure?.Invoke(services);
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddAlibaba();
        services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new ContractHandler(log, Describe(emulator))));
        return new EcsTestCloud(emulator, shared is null, services.BuildServiceProvider(), log, configuration);
    }

    /// <summary>Which service is where, and who may sign.</summary>
    public static IReadOnlyList<ContractService> Describe(EcsEmulator emulator)
    {
        var verifier = new Acs3Verifier(key =>
            key == EcsAccount.Main.AccessKeyId ? EcsAccount.Main.AccessKeySecret
            : key == EcsAccount.Temporary.AccessKeyId ? EcsAccount.Temporary.AccessKeySecret
            : key == EcsAccount.Forbidden.AccessKeyId ? EcsAccount.Forbidden.AccessKeySecret
            : null);
        return
        [
            new() { Description = ContractSpecs.Get(ContractSpecs.Ecs), Endpoint = emulator.Endpoint, Server = "ecs-emulator", Signatures = verifier, RequiresSignature = true },
            new() { Description = ContractSpecs.Get(ContractSpecs.AlibabaVpc), Endpoint = emulator.VpcEndpoint, Server = "ecs-emulator", Signatures = verifier, RequiresSignature = true },
        ];
    }

    /// <summary>The calls of an operation that came in.</summary>
    public IReadOnlyList<EcsRequest> Calls(string action) => [.. Faults.Requests.Where(request => request.Action == action)];

    /// <summary>Repeats a driver's call as the engine does, without its pauses.</summary>
    public static async Task<T> RetryAsync<T>(Func<Task<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (CloudException exception) when (exception.IsTransient && attempt < 8)
            {
                exception.RetryAfter.ShouldNotBeNull();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await _services.DisposeAsync();
        if (_ownsEmulator)
        {
            await Emulator.DisposeAsync();
        }

        Contracts.AssertClean();
    }
}
