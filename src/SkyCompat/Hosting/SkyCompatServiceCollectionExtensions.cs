using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SkyCompat.Clusters;
using SkyCompat.Compute;
using SkyCompat.Compute.Placement;
using SkyCompat.Hosting;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer;
using SkyCompat.Transfer.Pricing;
using SkyCompat.Transfer.Spreading;
using SkyCompat.Workloads;

namespace SkyCompat;

/// <summary>Adds SkyCompat to an application.</summary>
public static class SkyCompatServiceCollectionExtensions
{
    /// <summary>Adds SkyCompat without configuration; add clouds and buckets in code.</summary>
    /// <param name="services">The application's services.</param>
    /// <returns>A builder to add providers, clouds and buckets.</returns>
    public static ISkyCompatBuilder AddSkyCompat(this IServiceCollection services) => services.AddSkyCompat(new ConfigurationBuilder().Build());

    /// <summary>Adds SkyCompat with the clouds and buckets of a configuration section. Everything is checked when the host starts, or when <see cref="ISky"/> is first asked for.</summary>
    /// <remarks>
    /// Registers, as singletons: <see cref="ISky"/>; keyed by name <see cref="ICloud"/>, <see cref="IObjectStorage"/>, <see cref="IComputeService"/>, <see cref="IClusterService"/> (clouds), <see cref="IBucket"/> (logical buckets) and <see cref="ICluster"/> (logical clusters);
    /// without a key the default cloud, its storage, compute and clusters, <see cref="ITransferService"/> and <see cref="IPlacementService"/>.
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The section, usually <c>configuration.GetSection("SkyCompat")</c>.</param>
    /// <returns>A builder to add providers, and further clouds and buckets.</returns>
    public static ISkyCompatBuilder AddSkyCompat(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton(new SkyCompatSection(configuration, (configuration as IConfigurationSection)?.Path ?? "SkyCompat"));
        services.AddOptions<SkyCompatOptions>();
        services.AddSingleton<IConfigureOptions<SkyCompatOptions>>(new ConfigureOptions<SkyCompatOptions>(options => Bind(configuration, options)));
        services.TryAddSingleton<OptionsValidator>();
        services.TryAddSingleton(provider => new BucketGrants(
            provider.GetRequiredService<IOptions<SkyCompatOptions>>().Value, provider.GetRequiredService<SkyCompatSection>(), provider.GetServices<CloudProviderFactory>()));
        services.TryAddSingleton<ISky, Sky>();
        services.TryAddSingleton(provider => provider.GetRequiredService<ISky>().DefaultCloud);
        services.TryAddSingleton(provider => provider.GetRequiredService<ISky>().DefaultCloud.Storage);
        services.TryAddSingleton(provider => provider.GetRequiredService<ISky>().DefaultCloud.Compute);
        services.TryAddSingleton(provider => provider.GetRequiredService<ISky>().DefaultCloud.Clusters);
        services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, key) => provider.GetRequiredService<ISky>().GetCloud((string)key!));
        services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, key) => provider.GetRequiredService<ISky>().GetCloud((string)key!).Storage);
        services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, key) => provider.GetRequiredService<ISky>().GetCloud((string)key!).Compute);
        services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, key) => provider.GetRequiredService<ISky>().GetCloud((string)key!).Clusters);
        services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, key) => provider.GetRequiredService<ISky>().GetBucket((string)key!));
        services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, key) => provider.GetRequiredService<ISky>().GetCluster((string)key!));
        services.TryAddSingleton<ITransferService>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<SkyCompatOptions>>().Value;
            var preparation = new TransferPreparation(options.Transfer, ((Sky)provider.GetRequiredService<ISky>()).Budget);
            return new TransferService(preparation, provider.GetRequiredService<BucketGrants>(), provider.GetService<TimeProvider>() ?? TimeProvider.System, provider.GetService<SpreadTiming>());
        });
        services.TryAddSingleton<IPlacementStore>(provider => new FilePlacementStore(provider.GetRequiredService<IOptions<SkyCompatOptions>>().Value.Compute.PlacementsPath));
        services.TryAddSingleton(OpenPlacements);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SkyCompatStartup>());
        return new SkyCompatBuilder(services);
    }

    private static IPlacementService OpenPlacements(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<SkyCompatOptions>>().Value;
        var prices = PriceTable.Load(options.Transfer.PricesPath);
        var planner = new PlacementPlanner(new RegionCatalog().JurisdictionOf, prices.EgressPerGiB);
        var avoid = new AvoidList(provider.GetService<TimeProvider>() ?? TimeProvider.System, options.Compute);
        return new PlacementService(
            provider.GetRequiredService<ISky>(), provider.GetRequiredService<IPlacementStore>(), planner, avoid, cloud => [.. options.Clouds[cloud].Compute.Regions]);
    }

    private static void Bind(IConfiguration configuration, SkyCompatOptions options)
    {
        var mistyped = new List<string>();
        ConfigurationValues.RefuseMistyped<SkyCompatOptions>(configuration, mistyped);
        foreach (var cloud in configuration.GetSection(nameof(SkyCompatOptions.Clouds)).GetChildren())
        {
            ConfigurationValues.RefuseMistyped<CloudOptions>(cloud, mistyped);
            ConfigurationValues.RefuseMistyped<ResilienceOptions>(cloud.GetSection(nameof(CloudOptions.Resilience)), mistyped);
            ConfigurationValues.RefuseMistyped<CloudComputeOptions>(cloud.GetSection(nameof(CloudOptions.Compute)), mistyped);
            ConfigurationValues.RefuseMistyped<CloudClusterOptions>(cloud.GetSection(nameof(CloudOptions.Clusters)), mistyped);
        }

        foreach (var bucket in configuration.GetSection(nameof(SkyCompatOptions.Buckets)).GetChildren())
        {
            ConfigurationValues.RefuseMistyped<LogicalBucketOptions>(bucket, mistyped);
        }

        foreach (var cluster in configuration.GetSection(nameof(SkyCompatOptions.Clusters)).GetChildren())
        {
            ConfigurationValues.RefuseMistyped<LogicalClusterOptions>(cluster, mistyped);
        }

        if (mistyped.Count > 0)
        {
            throw new OptionsValidationException(nameof(SkyCompat), typeof(SkyCompatOptions), mistyped);
        }

        try
        {
            configuration.Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            // The binder's message names the path; its inner exception says why the text cannot be converted.
            throw new OptionsValidationException(nameof(SkyCompat), typeof(SkyCompatOptions), [$"{exception.Message} {exception.InnerException?.Message}".TrimEnd()]);
        }
    }
}
