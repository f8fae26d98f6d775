using Microsoft.Extensions.Configuration;
using SkyCompat.Compute;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer;
using SkyCompat.Workloads;

namespace SkyCompat.Hosting;

/// <summary>Checks all settings and returns everything that is wrong at once, each with its configuration path and the choices.</summary>
internal sealed class OptionsValidator(IEnumerable<CloudProviderFactory> factories, SkyCompatSection section, IServiceProvider services)
{
    private static readonly string[] RootKeys = ["DefaultCloud", "BufferBudgetBytes", "Transfer", "Compute", "Clouds", "Buckets", "Clusters"];
    private static readonly string[] CloudKeys = ["Provider", "Region", "KeyPolicy", "Resilience", "Compute", "Clusters"];
    private static readonly string[] ClusterKeys = ["Cloud", "Name", "Namespace"];
    private static readonly string[] BucketKeys = ["Cloud", "Name", "Prefix", "ReadOnly", "Require"];

    private readonly string[] _providers = [.. factories.Select(factory => factory.Provider.Name)];

    public IReadOnlyCollection<string> Validate(SkyCompatOptions options)
    {
        var errors = new List<string>();
        RefuseUnknownKeys(errors);
        if (options.BufferBudgetBytes < 16 << 20)
        {
            errors.Add($"{section.Path}:BufferBudgetBytes: must be at least {16 << 20} (16 MiB), not {options.BufferBudgetBytes}.");
        }

        ValidateTransfer(options.Transfer, errors);
        ValidateCompute(options.Compute, errors);
        foreach (var (name, cloud) in options.Clouds)
        {
            ValidateCloud(name, cloud, errors);
        }

        if (options.DefaultCloud is { } wanted && !options.Clouds.ContainsKey(wanted))
        {
            errors.Add($"{section.Path}:DefaultCloud: there is no cloud '{wanted}'.{ConfigurationKeys.Suggest(wanted, options.Clouds.Keys)} Clouds: {ConfigurationKeys.List(options.Clouds.Keys)}.");
        }

        foreach (var (name, bucket) in options.Buckets)
        {
            ValidateBucket(name, bucket, options, errors);
        }

        foreach (var (name, cluster) in options.Clusters)
        {
            ValidateCluster(name, cluster, options, errors);
        }

        return errors;
    }

    private void ValidateTransfer(TransferSettings transfer, List<string> errors)
    {
        if (transfer.MaxConcurrency is < 1 or > 1024)
        {
            errors.Add($"{section.Path}:Transfer:MaxConcurrency: must be from 1 to 1024, not {transfer.MaxConcurrency}.");
        }

        if (transfer.PricesPath is { } path && !File.Exists(path))
        {
            errors.Add($"{section.Path}:Transfer:PricesPath: there is no file '{path}'.");
        }
    }

    private void ValidateCompute(ComputeSettings compute, List<string> errors)
    {
        if (!ComputeChecks.IsName(compute.Owner))
        {
            errors.Add($"{section.Path}:Compute:Owner: '{compute.Owner}' must be 1 to 40 lower-case letters, digits and hyphens, starting with a letter and not ending in a hyphen.");
        }

        if (compute.PricesPath is { } path && !File.Exists(path))
        {
            errors.Add($"{section.Path}:Compute:PricesPath: there is no file '{path}'.");
        }

        if (compute.AvoidCapacityFor <= TimeSpan.Zero || compute.AvoidQuotaFor <= TimeSpan.Zero || compute.AvoidRegionFor <= TimeSpan.Zero)
        {
            errors.Add($"{section.Path}:Compute: AvoidCapacityFor, AvoidQuotaFor and AvoidRegionFor must be over 00:00:00.");
        }

        if (string.IsNullOrWhiteSpace(compute.PlacementsPath))
        {
            errors.Add($"{section.Path}:Compute:PlacementsPath: must be a folder.");
        }
    }

    private void ValidateCloud(string name, CloudOptions cloud, List<string> errors)
    {
        var path = $"{section.Path}:Clouds:{name}";
        cloud.Resilience.Validate($"{path}:Resilience", errors);
        cloud.Compute.Validate($"{path}:Compute", errors);
        cloud.Clusters.Validate($"{path}:Clusters", errors);
        if (!Enum.IsDefined(cloud.KeyPolicy))
        {
            errors.Add($"{path}:KeyPolicy: must be {ConfigurationKeys.List(Enum.GetNames<KeyPolicy>())}.");
        }

        if (string.IsNullOrWhiteSpace(cloud.Provider))
        {
            errors.Add($"{path}:Provider: missing. Registered providers: {ConfigurationKeys.List(_providers)}.");
            return;
        }

        if (factories.FirstOrDefault(factory => string.Equals(factory.Provider.Name, cloud.Provider, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            errors.Add(
                $"{path}:Provider: unknown provider '{cloud.Provider}'.{ConfigurationKeys.Suggest(cloud.Provider, _providers)} Registered providers: {ConfigurationKeys.List(_providers)}. Is its package's Add{cloud.Provider}() called?");
            return;
        }

        errors.AddRange(found.Validate(Describe(name, cloud, found), services));
    }

    /// <summary>What configuration says of a cloud, as its provider sees it.</summary>
    public CloudConfiguration Describe(string name, CloudOptions cloud, CloudProviderFactory factory)
    {
        var own = section.GetCloud(name).GetSection(factory.Provider.Name);
        return new CloudConfiguration(name, $"{section.Path}:Clouds:{name}", cloud.Region, own);
    }

    private void ValidateBucket(string name, LogicalBucketOptions bucket, SkyCompatOptions options, List<string> errors)
    {
        var path = $"{section.Path}:Buckets:{name}";
        if (string.IsNullOrWhiteSpace(bucket.Name))
        {
            errors.Add($"{path}:Name: missing. It is the bucket's name at the provider.");
        }

        ValidateCloudOf(path, bucket.Cloud, options, errors);
        foreach (var feature in bucket.Require)
        {
            if (!Enum.TryParse<BucketFeatures>(feature, ignoreCase: true, out _) || int.TryParse(feature, System.Globalization.CultureInfo.InvariantCulture, out _))
            {
                var names = Enum.GetNames<BucketFeatures>().Where(n => n is not nameof(BucketFeatures.None)).ToList();
                errors.Add($"{path}:Require: unknown feature '{feature}'.{ConfigurationKeys.Suggest(feature, names)} Features: {ConfigurationKeys.List(names)}.");
            }
        }
    }

    private void ValidateCluster(string name, LogicalClusterOptions cluster, SkyCompatOptions options, List<string> errors)
    {
        var path = $"{section.Path}:Clusters:{name}";
        ValidateCloudOf(path, cluster.Cloud, options, errors);
        var cloud = cluster.Cloud ?? options.DefaultCloud ?? (options.Clouds.Count == 1 ? options.Clouds.Keys.Single() : null);
        if (string.IsNullOrWhiteSpace(cluster.Name) && cloud is not null && options.Clouds.TryGetValue(cloud, out var found) && !IsKubernetes(found))
        {
            errors.Add($"{path}:Name: missing. It is the cluster's name at the provider.");
        }

        if (cluster.Namespace is { } wanted)
        {
            try
            {
                WorkloadChecks.CheckNamespace(wanted, nameof(LogicalClusterOptions.Namespace));
            }
            catch (ArgumentException)
            {
                errors.Add($"{path}:Namespace: '{wanted}' is not a namespace: use 1 to 63 lower-case letters, digits and hyphens, not starting and not ending in a hyphen.");
            }
        }
    }

    private static bool IsKubernetes(CloudOptions cloud) => string.Equals(cloud.Provider, CloudProvider.Kubernetes.Name, StringComparison.OrdinalIgnoreCase);

    private static void ValidateCloudOf(string path, string? named, SkyCompatOptions options, List<string> errors)
    {
        if (named is { } cloud && !options.Clouds.ContainsKey(cloud))
        {
            errors.Add($"{path}:Cloud: there is no cloud '{cloud}'.{ConfigurationKeys.Suggest(cloud, options.Clouds.Keys)} Clouds: {ConfigurationKeys.List(options.Clouds.Keys)}.");
        }
        else if (named is null && options.DefaultCloud is null && options.Clouds.Count != 1)
        {
            errors.Add($"{path}:Cloud: missing, and there is no DefaultCloud. Clouds: {ConfigurationKeys.List(options.Clouds.Keys)}.");
        }
    }

    private void RefuseUnknownKeys(List<string> errors)
    {
        Refuse(section.Configuration, section.Path, RootKeys, errors);
        RefuseValue(section.Configuration.GetSection("Clouds"), "a section", errors);
        RefuseValue(section.Configuration.GetSection("Buckets"), "a section", errors);
        RefuseValue(section.Configuration.GetSection("Clusters"), "a section", errors);
        RefuseValue(section.Configuration.GetSection("Transfer"), "a section", errors);
        ConfigurationKeys.RefuseUnknown(section.Configuration.GetSection("Transfer"), ConfigurationKeys.Of<TransferSettings>(), errors);
        RefuseValue(section.Configuration.GetSection("Compute"), "a section", errors);
        ConfigurationKeys.RefuseUnknown(section.Configuration.GetSection("Compute"), ConfigurationKeys.Of<ComputeSettings>(), errors);
        foreach (var cloud in section.Configuration.GetSection("Clouds").GetChildren())
        {
            // A section of another provider than the chosen one is a mistake too: nothing would read it.
            string[] own = cloud["Provider"] is { } provider && _providers.FirstOrDefault(p => string.Equals(p, provider, StringComparison.OrdinalIgnoreCase)) is { } known ? [known] : _providers;
            Refuse(cloud, cloud.Path, [.. CloudKeys, .. own], errors);
            RefuseSecretValue(cloud, errors);
            RefuseValue(cloud.GetSection("Resilience"), "a section", errors);
            ConfigurationKeys.RefuseUnknown(cloud.GetSection("Resilience"), ConfigurationKeys.Of<ResilienceOptions>(), errors);
            RefuseValue(cloud.GetSection("Compute"), "a section", errors);
            ConfigurationKeys.RefuseUnknown(cloud.GetSection("Compute"), ConfigurationKeys.Of<CloudComputeOptions>(), errors);
            RefuseValue(cloud.GetSection("Clusters"), "a section", errors);
            ConfigurationKeys.RefuseUnknown(cloud.GetSection("Clusters"), ConfigurationKeys.Of<CloudClusterOptions>(), errors);
        }

        foreach (var bucket in section.Configuration.GetSection("Buckets").GetChildren())
        {
            RefuseValue(bucket, "a section", errors);
            RefuseValue(bucket.GetSection("Require"), "a list of features, such as [ \"ConditionalPut\" ]", errors);
            Refuse(bucket, bucket.Path, BucketKeys, errors);
        }

        foreach (var cluster in section.Configuration.GetSection("Clusters").GetChildren())
        {
            RefuseValue(cluster, "a section", errors);
            Refuse(cluster, cluster.Path, ClusterKeys, errors);
        }
    }

    /// <summary>The binder skips a value where a section belongs, and what was meant by it would silently not be.</summary>
    private static void RefuseValue(IConfigurationSection section, string expected, List<string> errors)
    {
        if (section.Value is { Length: > 0 } value)
        {
            errors.Add($"{section.Path}: expected {expected}, found the value '{value}'.");
        }
    }

    /// <summary>Where somebody may have put a whole connection string, the value is not repeated.</summary>
    private static void RefuseSecretValue(IConfigurationSection section, List<string> errors)
    {
        if (section.Value is { Length: > 0 })
        {
            errors.Add($"{section.Path}: expected a section, found a value. Keys: {ConfigurationKeys.List(CloudKeys)}, and a section with the provider's name.");
        }
    }

    private static void Refuse(IConfiguration configuration, string path, IReadOnlyCollection<string> known, List<string> errors)
    {
        foreach (var child in configuration.GetChildren().Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            errors.Add($"{path}:{child.Key}: unknown key.{ConfigurationKeys.Suggest(child.Key, known)} Known keys: {ConfigurationKeys.List(known)}.");
        }
    }
}
