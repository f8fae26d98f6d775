using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Conformance;
using SkyCompat.Conformance.Xunit;
using SkyCompat.Simulation;

namespace SkyCompat.Compute.Tests.Placement;

public sealed class SimulatedComputeConformance(ServiceFixture<SimulatedComputeHarness> fixture) : ComputeConformance<SimulatedComputeHarness>(fixture);

/// <summary>The simulator, held to the contract of what it stands for.</summary>
public sealed class SimulatedComputeHarness : ComputeHarness
{
    private readonly SimulatedSky _sky = new(new SimulatedWorld([new SimulatedCloud("one", [new SimulatedRegion("eu-1", [new SimulatedZone("eu-1a")])])], [SimulatedWorld.Standard]));
    private readonly List<ServiceProvider> _hosts = [];

    public override string Provider => "Simulated";

    protected override IComputeService Open(string owner)
    {
        var services = new ServiceCollection();
        services.AddSkyCompat().AddSimulated(_sky);
        services.Configure<SkyCompatOptions>(options => options.Compute.Owner = owner);
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

        await base.DisposeAsyncCore();
    }
}
