using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Conformance;
using SkyCompat.Contracts;
using SkyCompat.Emulators.AlibabaEcs;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>The Alibaba adapter on the emulator of ECS and VPC, every request and reply checked against the provider's descriptions.</summary>
public sealed class EcsHarness : ComputeHarness
{
    private readonly List<ServiceProvider> _hosts = [];
    private readonly ContractLog _contracts = new() { ThrowsAtOnce = Environment.GetEnvironmentVariable("SKYCOMPAT_CONTRACTS") != "collect" };
    private EcsEmulator? _emulator;

    public override string Provider => "Alibaba ECS (emulator)";

    public override MachineNeed Need { get; } = new() { MinVCpus = 2, MaxVCpus = 4, MinMemoryGiB = 4 };

    /// <summary>What the contract checks saw.</summary>
    public ContractLog Contracts => _contracts;

    public override ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken) => ValueTask.FromResult(ContractSpecs.UnavailableReason);

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken) => _emulator = await EcsEmulator.StartAsync(new EcsEmulatorOptions());

    protected override IComputeService Open(string owner)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Compute:Owner"] = owner,
            ["Clouds:ali:Provider"] = "Alibaba",
            ["Clouds:ali:Region"] = "cn-hangzhou",
            ["Clouds:ali:Compute:PollInterval"] = "00:00:00.001",
            ["Clouds:ali:Resilience:BaseDelay"] = "00:00:00.001",
            ["Clouds:ali:Resilience:MaxDelay"] = "00:00:00.002",
            ["Clouds:ali:Alibaba:EcsEndpoint"] = _emulator!.Endpoint.GetLeftPart(UriPartial.Authority),
            ["Clouds:ali:Alibaba:VpcEndpoint"] = _emulator.VpcEndpoint.GetLeftPart(UriPartial.Authority),
            ["Clouds:ali:Alibaba:AccessKeyId"] = EcsAccount.Main.AccessKeyId,
            ["Clouds:ali:Alibaba:AccessKeySecret"] = EcsAccount.Main.AccessKeySecret,
        };
        var services = new ServiceCollection();
        services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddAlibaba();
        services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new ContractHandler(_contracts, EcsTestCloud.Describe(_emulator))));
        var host = services.BuildServiceProvider();
        lock (_hosts)
        {
            _hosts.Add(host);
        }

        return host.GetRequiredService<IComputeService>();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }

        await base.DisposeAsyncCore();
        _contracts.AssertClean();
    }
}
