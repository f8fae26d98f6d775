using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SkyCompat.Clusters;
using SkyCompat.Compute;
using SkyCompat.Compute.Pricing;
using SkyCompat.Diagnostics;
using SkyCompat.Drivers;
using SkyCompat.Memory;
using SkyCompat.ObjectStorage;
using SkyCompat.Resilience;
using SkyCompat.Workloads;

namespace SkyCompat.Hosting;

/// <summary>All configured clouds; made once per host, after the settings were checked.</summary>
internal sealed class Sky : ISky, IAsyncDisposable, IDisposable
{
    private readonly SkyCompatOptions _options;
    private readonly IServiceProvider _services;
    private readonly Telemetry _telemetry;
    private readonly SortedDictionary<string, Lazy<Cloud>> _clouds = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, IBucket> _buckets = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentBag<IAsyncDisposable> _drivers = [];
    private readonly Lazy<InstancePrices> _prices;

    public Sky(IOptions<SkyCompatOptions> options, OptionsValidator validator, IEnumerable<CloudProviderFactory> factories, IServiceProvider services)
    {
        _options = options.Value;
        _services = services;
        if (validator.Validate(_options) is { Count: > 0 } errors)
        {
            throw new OptionsValidationException(nameof(SkyCompat), typeof(SkyCompatOptions), errors);
        }

        RefuseLostDecorations();
        Budget = new ByteBudget(_options.BufferBudgetBytes);
        _prices = new Lazy<InstancePrices>(() => InstancePrices.Load(_options.Compute.PricesPath));
        _telemetry = new Telemetry(services.GetService<System.Diagnostics.Metrics.IMeterFactory>(), () => Budget.Used);
        foreach (var (name, cloud) in _options.Clouds)
        {
            var factory = factories.First(f => string.Equals(f.Provider.Name, cloud.Provider, StringComparison.OrdinalIgnoreCase));
            _clouds.Add(name, new Lazy<Cloud>(() => Create(name, cloud, factory, validator)));
        }

        ClusterNames = [.. _options.Clusters.Keys.Order(StringComparer.OrdinalIgnoreCase)];
        BucketNames = [.. _options.Buckets.Keys.Order(StringComparer.OrdinalIgnoreCase)];
    }

    public ByteBudget Budget { get; }

    public IReadOnlyCollection<ICloud> Clouds => [.. _clouds.Values.Select(cloud => cloud.Value)];

    public IReadOnlyCollection<string> BucketNames { get; }

    public IReadOnlyCollection<string> ClusterNames { get; }

    public ICloud DefaultCloud => _options.DefaultCloud is { } name ? GetCloud(name)
        : _clouds.Count == 1 ? _clouds.Values.First().Value
        : throw new CloudException(CloudErrorCode.NotFound, $"There is no default cloud. Set SkyCompat:DefaultCloud to one of: {ConfigurationKeys.List(_clouds.Keys)}.");

    public ICloud GetCloud(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _clouds.TryGetValue(name, out var cloud)
            ? cloud.Value
            : throw new CloudException(CloudErrorCode.NotFound, $"There is no cloud '{name}'.{ConfigurationKeys.Suggest(name, _clouds.Keys)} Clouds: {ConfigurationKeys.List(_clouds.Keys)}.");
    }

    public IBucket GetBucket(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _options.Buckets.TryGetValue(name, out var bucket)
            ? _buckets.GetOrAdd(name, static (name, s) => s.sky.Open(name, s.bucket), (sky: this, bucket))
            : throw Missing("bucket", "Buckets", name, BucketNames);
    }

    public ICluster GetCluster(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!_options.Clusters.TryGetValue(name, out var cluster))
        {
            throw Missing("cluster", "Clusters", name, ClusterNames);
        }

        var cloud = cluster.Cloud is null ? DefaultCloud : GetCloud(cluster.Cloud);
        return ((ClusterService)cloud.Clusters).GetCluster(cluster.Name ?? cloud.Name, cluster.Namespace);
    }

    /// <summary>Fails if a bucket lacks a feature that configuration requires of it.</summary>
    public async Task CheckRequirementsAsync(CancellationToken cancellationToken)
    {
        var errors = new List<string>();
        foreach (var (name, options) in _options.Buckets.Where(bucket => bucket.Value.Require.Count > 0))
        {
            var capabilities = await GetBucket(name).GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
            foreach (var required in options.Require)
            {
                var feature = Enum.Parse<BucketFeatures>(required, ignoreCase: true);
                if (!capabilities.Supports(feature))
                {
                    errors.Add(
                        $"SkyCompat:Buckets:{name}:Require: cloud '{options.Cloud ?? DefaultCloud.Name}' lacks {feature & ~capabilities.Features}. Choose another cloud, or do without. It has: {capabilities.Features}.");
                }
            }
        }

        if (errors.Count > 0)
        {
            throw new OptionsValidationException(nameof(SkyCompat), typeof(SkyCompatOptions), errors);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _telemetry.Dispose();
        while (_drivers.TryTake(out var driver))
        {
            await driver.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _telemetry.Dispose();
        while (_drivers.TryTake(out var driver))
        {
            // A container that is disposed synchronously leaves no other choice.
            driver.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>A wrapper for a name that there is not would silently not be there.</summary>
    private void RefuseLostDecorations()
    {
        var lost = _services.GetServices<StorageDecoration>().Where(d => !_options.Clouds.ContainsKey(d.Cloud)).Select(d => $"DecorateStorage: there is no cloud '{d.Cloud}'. Clouds: {ConfigurationKeys.List(_options.Clouds.Keys)}.")
            .Concat(_services.GetServices<BucketDecoration>().Where(d => !_options.Buckets.ContainsKey(d.Bucket)).Select(d => $"DecorateBucket: there is no logical bucket '{d.Bucket}'. Buckets: {ConfigurationKeys.List(_options.Buckets.Keys)}."))
            .ToList();
        if (lost.Count > 0)
        {
            throw new OptionsValidationException(nameof(SkyCompat), typeof(SkyCompatOptions), lost);
        }
    }

    private Cloud Create(string name, CloudOptions options, CloudProviderFactory factory, OptionsValidator validator)
    {
        var configuration = validator.Describe(name, options, factory);
        var drivers = factory.Create(configuration, _services);
        var storage = drivers.Storage;
        foreach (var decoration in _services.GetServices<StorageDecoration>().Where(d => storage is not null && string.Equals(d.Cloud, name, StringComparison.OrdinalIgnoreCase)))
        {
            storage = decoration.Wrap(storage!, _services);
        }

        var identity = new CloudIdentity(name, factory.Provider, new CloudLocation(options.Region), storage?.ServerAddress, $"{configuration.Path}:{factory.Provider.Name}");
        var compute = OpenCompute(drivers.Compute, identity, options);
        return new Cloud(identity, OpenStorage(storage, identity, options), compute, OpenClusters(drivers.Clusters, identity, options, compute));
    }

    private StorageService? OpenStorage(StorageDriver? driver, CloudIdentity identity, CloudOptions options)
    {
        if (driver is null)
        {
            return null;
        }

        _drivers.Add(driver);
        return new StorageService(driver, NewCalls(identity, options, "SkyCompat.ObjectStorage"), Budget, options.KeyPolicy);
    }

    private ComputeService? OpenCompute(ComputeDriver? driver, CloudIdentity identity, CloudOptions options)
    {
        if (driver is null)
        {
            return null;
        }

        _drivers.Add(driver);
        var calls = NewCalls(identity with { ServerAddress = driver.ServerAddress }, options, "SkyCompat.Compute");
        return new ComputeService(new ComputeCalls(calls, driver, options.Compute), _options.Compute.Owner, _prices.Value);
    }

    private ClusterService? OpenClusters(ClusterDriver? driver, CloudIdentity identity, CloudOptions options, ComputeService? compute)
    {
        if (driver is null)
        {
            return null;
        }

        _drivers.Add(driver);
        var calls = NewCalls(identity with { ServerAddress = driver.ServerAddress }, options, "SkyCompat.Clusters");
        var workloads = new WorkloadDrivers(calls, options.Clusters, _services.GetService<WorkloadDriverFactory>(), _services, _services.GetRequiredService<BucketGrants>());
        _drivers.Add(workloads);
        return new ClusterService(new ClusterCalls(calls, driver, options.Clusters), _options.Compute.Owner, compute, workloads);
    }

    private static CloudException Missing(string kind, string section, string name, IReadOnlyCollection<string> choices) =>
        new(CloudErrorCode.NotFound, choices.Count == 0
            ? $"There is no logical {kind} '{name}': none is configured. Configure it at SkyCompat:{section}:{name}."
            : $"There is no logical {kind} '{name}'.{ConfigurationKeys.Suggest(name, choices)} {section}: {ConfigurationKeys.List(choices)}.");

    private CloudCalls NewCalls(CloudIdentity identity, CloudOptions options, string category)
    {
        var logger = _services.GetService<ILoggerFactory>()?.CreateLogger(category) ?? NullLogger.Instance;
        return new CloudCalls(identity, options.Resilience, _services.GetService<TimeProvider>() ?? TimeProvider.System, logger, _telemetry);
    }

    private IBucket Open(string name, LogicalBucketOptions options)
    {
        var cloud = options.Cloud is null ? DefaultCloud : GetCloud(options.Cloud);
        var bucket = cloud.Storage.GetBucket(options.Name!).WithPrefix(options.Prefix ?? "");
        if (options.ReadOnly)
        {
            bucket = bucket.AsReadOnly();
        }

        foreach (var decoration in _services.GetServices<BucketDecoration>().Where(d => string.Equals(d.Bucket, name, StringComparison.OrdinalIgnoreCase)))
        {
            bucket = decoration.Wrap(bucket, _services);
        }

        return bucket;
    }
}
