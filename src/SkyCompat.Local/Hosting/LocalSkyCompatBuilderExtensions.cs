using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SkyCompat.Hosting;
using SkyCompat.Local;

namespace SkyCompat;

/// <summary>Adds the providers of this machine.</summary>
public static class LocalSkyCompatBuilderExtensions
{
    /// <summary>Adds the provider <c>Local</c>: an object store in a folder, and instances that are processes. Its settings are <see cref="LocalOptions"/>, in the section <c>Local</c> of a cloud or in code
    /// (<c>services.Configure&lt;LocalOptions&gt;("home", o => o.Root = "/data")</c>).</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ISkyCompatBuilder AddLocal(this ISkyCompatBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<CloudProviderFactory, LocalCloudProviderFactory>());
        return builder;
    }

    /// <summary>Adds the provider <c>InMemory</c>: an object store that ends with the process, for unit tests. Its settings are <see cref="InMemoryOptions"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ISkyCompatBuilder AddInMemory(this ISkyCompatBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<CloudProviderFactory, InMemoryCloudProviderFactory>());
        return builder;
    }

    /// <summary>Makes requests of a cloud's object storage fail as a plan says, beneath checks and retries. For tests of an application's behaviour in bad times.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="cloud">The cloud's name.</param>
    /// <param name="plan">What goes wrong, and when; it counts what it did.</param>
    /// <returns>The same builder.</returns>
    public static ISkyCompatBuilder InjectFaults(this ISkyCompatBuilder builder, string cloud, FaultPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return builder.DecorateStorage(cloud, (inner, services) => new FaultInjectingStorageDriver(inner, plan, services.GetService<TimeProvider>()));
    }
}
