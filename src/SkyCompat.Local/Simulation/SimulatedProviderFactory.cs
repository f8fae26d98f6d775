using SkyCompat.Hosting;

namespace SkyCompat.Simulation;

/// <summary>Makes clouds of provider <c>Simulated</c>.</summary>
internal sealed class SimulatedProviderFactory(SimulatedSky sky) : CloudProviderFactory
{
    public override CloudProvider Provider => SimulatedComputeDriver.SimulatedProvider;

    public override IReadOnlyCollection<string> Validate(CloudConfiguration cloud, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        var names = sky.World.Clouds.Select(item => item.Name).ToList();
        return names.Contains(cloud.Name, StringComparer.Ordinal) ? [] : [$"{cloud.Path}: the simulated sky has no cloud '{cloud.Name}'. Clouds: {string.Join(", ", names)}."];
    }

    public override CloudDrivers Create(CloudConfiguration cloud, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        return new CloudDrivers { Compute = new SimulatedComputeDriver(sky, cloud.Name) };
    }
}
