using System.Collections.ObjectModel;
using Azure.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Conformance;
using SkyCompat.Contracts;
using SkyCompat.Emulators.AzureResourceManager;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>Azure's adapter on the emulator of Azure Resource Manager.</summary>
public sealed class ArmComputeHarness : ComputeHarness
{
    private readonly List<ServiceProvider> _hosts = [];
    private readonly ContractLog _contracts = new();
    private ArmEmulator? _emulator;

    public override string Provider => "Azure";

    public override IReadOnlyDictionary<string, string> Quirks { get; } = new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["act.hibernate"] = "Azure keeps the memory on the boot disk: a machine can hibernate if it was launched with BootDiskGiB of its memory and 30 GiB. AzureMachineTests shows that.",
    });

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        _emulator = await ArmEmulator.StartAsync(new ArmEmulatorOptions { Token = StaticToken.Text });
        foreach (var limit in new[] { "cores", "lowPriorityCores", "standardDSv5Family", "standardBSFamily", "standardESv5Family", "standardDPSv5Family" })
        {
            // The cases run side by side and share the subscription.
            _emulator.Quotas.Set(limit, 100_000);
        }

        await base.InitializeAsync(cancellationToken);
    }

    protected override IComputeService Open(string owner)
    {
        var endpoint = _emulator!.Endpoint;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Compute:Owner"] = owner,
            ["Clouds:azure:Provider"] = "Azure",
            ["Clouds:azure:Region"] = ArmCloud.Region,
            ["Clouds:azure:Azure:SubscriptionId"] = ArmCloud.Subscription,
            ["Clouds:azure:Azure:ResourceManagerEndpoint"] = endpoint.ToString(),
            ["Clouds:azure:Azure:RetailPricesEndpoint"] = new Uri(endpoint, "api/retail/prices").ToString(),
            ["Clouds:azure:Compute:PollInterval"] = "00:00:00.02",
        };
        var services = new ServiceCollection().AddKeyedSingleton(typeof(TokenCredential), "azure", new StaticToken());
        services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddAzure();
        if (ContractSpecs.Root is not null)
        {
            services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new ContractHandler(_contracts, ArmCloud.ServicesAt(endpoint))));
        }

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
