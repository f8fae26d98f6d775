using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SkyCompat.Simulation;

namespace SkyCompat.Compute.Tests.Placement;

/// <summary>A process of an application under a simulated sky: several may share the sky and the store.</summary>
internal sealed class SimulatedHost : IDisposable
{
    private readonly ServiceProvider _services;

    public SimulatedHost(SimulatedSky sky, IPlacementStore? store = null, FakeTimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(store ?? new MemoryPlacementStore());
        services.AddSingleton<TimeProvider>(time ?? new FakeTimeProvider());
        services.AddSkyCompat().AddSimulated(sky);
        services.Configure<SkyCompatOptions>(options => options.DefaultCloud = sky.World.Clouds[0].Name);
        _services = services.BuildServiceProvider();
    }

    public IPlacementService Placements => _services.GetRequiredService<IPlacementService>();

    public ISky Sky => _services.GetRequiredService<ISky>();

    public static PlacementRequest Request(string key = "web", params IReadOnlyList<Market> markets) => new()
    {
        Need = new MachineNeed { MinVCpus = 4, MinMemoryGiB = 16, Markets = markets.Count > 0 ? markets : [Market.OnDemand] },
        Launch = new LaunchSpec { IdempotencyKey = key, Image = ImageReference.OfFamily("ubuntu-24.04") },
    };

    public static SimulatedCloud Cloud(string name, params SimulatedRegion[] regions) => new(name, regions);

    public static SimulatedRegion Region(string name, params SimulatedZone[] zones) => new(name, zones);

    public static SimulatedSky Open(params SimulatedCloud[] clouds) => new(new SimulatedWorld(clouds, [SimulatedWorld.Standard]), new FakeTimeProvider());

    public void Dispose() => _services.Dispose();
}
