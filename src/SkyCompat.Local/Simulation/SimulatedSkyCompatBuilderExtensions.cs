using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Hosting;
using SkyCompat.Simulation;

namespace SkyCompat;

/// <summary>Adds simulated clouds.</summary>
public static class SimulatedSkyCompatBuilderExtensions
{
    /// <summary>Adds every cloud of a simulated sky, of provider <c>Simulated</c>, with all its regions open to placements. For tests of an application without an account or a network.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="sky">The sky; keep it to look at what happens.</param>
    /// <returns>The same builder.</returns>
    public static ISkyCompatBuilder AddSimulated(this ISkyCompatBuilder builder, SimulatedSky sky)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(sky);
        builder.Services.AddSingleton<CloudProviderFactory>(new SimulatedProviderFactory(sky));
        foreach (var cloud in sky.World.Clouds)
        {
            builder.AddCloud(cloud.Name, SimulatedComputeDriver.SimulatedProvider.Name, options =>
            {
                foreach (var region in cloud.Regions)
                {
                    options.Compute.Regions.Add(region.Name);
                }
            });
        }

        return builder;
    }
}
