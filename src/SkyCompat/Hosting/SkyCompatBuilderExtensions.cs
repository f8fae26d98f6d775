using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Drivers;
using SkyCompat.Hosting;
using SkyCompat.ObjectStorage;

namespace SkyCompat;

/// <summary>Adds clouds, buckets and clusters in code, and wraps them.</summary>
public static class SkyCompatBuilderExtensions
{
    /// <summary>Adds a cloud, or changes one of configuration. The provider's own settings are set with <c>services.Configure&lt;TOptions&gt;(name, …)</c> of its options class.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The cloud's name.</param>
    /// <param name="provider">The provider, by its registered name.</param>
    /// <param name="configure">Sets the rest; null for defaults.</param>
    /// <returns>The builder.</returns>
    public static ISkyCompatBuilder AddCloud(this ISkyCompatBuilder builder, string name, string provider, Action<CloudOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        builder.Services.Configure<SkyCompatOptions>(options =>
        {
            if (!options.Clouds.TryGetValue(name, out var cloud))
            {
                options.Clouds[name] = cloud = new CloudOptions();
            }

            cloud.Provider = provider;
            configure?.Invoke(cloud);
        });
        return builder;
    }

    /// <summary>Adds a logical bucket, or changes one of configuration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The logical name.</param>
    /// <param name="configure">Sets the cloud, the name at the provider and the rest.</param>
    /// <returns>The builder.</returns>
    public static ISkyCompatBuilder AddBucket(this ISkyCompatBuilder builder, string name, Action<LogicalBucketOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure<SkyCompatOptions>(options =>
        {
            if (!options.Buckets.TryGetValue(name, out var bucket))
            {
                options.Buckets[name] = bucket = new LogicalBucketOptions();
            }

            configure(bucket);
        });
        return builder;
    }

    /// <summary>Adds a logical cluster, or changes one of configuration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The logical name.</param>
    /// <param name="configure">Sets the cloud, the name at the provider and the namespace.</param>
    /// <returns>The builder.</returns>
    public static ISkyCompatBuilder AddCluster(this ISkyCompatBuilder builder, string name, Action<LogicalClusterOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure<SkyCompatOptions>(options =>
        {
            if (!options.Clusters.TryGetValue(name, out var cluster))
            {
                options.Clusters[name] = cluster = new LogicalClusterOptions();
            }

            configure(cluster);
        });
        return builder;
    }

    /// <summary>Wraps a logical bucket, such as with a <see cref="DelegatingBucket"/> of the application's own; several are applied in the order they are added, the last outermost.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The logical name.</param>
    /// <param name="wrap">Makes the wrapper.</param>
    /// <returns>The builder.</returns>
    public static ISkyCompatBuilder DecorateBucket(this ISkyCompatBuilder builder, string name, Func<IBucket, IServiceProvider, IBucket> wrap)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new BucketDecoration(name, wrap));
        return builder;
    }

    /// <summary>Wraps the storage driver of a cloud, beneath checks and retries, such as to inject faults.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="cloud">The cloud's name.</param>
    /// <param name="wrap">Makes the wrapper, which disposes what it wraps.</param>
    /// <returns>The builder.</returns>
    public static ISkyCompatBuilder DecorateStorage(this ISkyCompatBuilder builder, string cloud, Func<StorageDriver, IServiceProvider, StorageDriver> wrap)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new StorageDecoration(cloud, wrap));
        return builder;
    }
}
