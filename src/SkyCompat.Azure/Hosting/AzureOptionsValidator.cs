using SkyCompat.Hosting;

namespace SkyCompat.Azure;

/// <summary>Checks the settings of one cloud; every finding names its place in configuration and what would be right, and none repeats a secret.</summary>
internal sealed class AzureOptionsValidator(AzureOptions options, CloudConfiguration cloud, ICollection<string> errors)
{
    private const int MaxConnections = 10_000;
    private static readonly TimeSpan MaxConnectTimeout = TimeSpan.FromMinutes(5);

    private readonly string _path = cloud.Section?.Path ?? $"{cloud.Path}:Azure";

    public void Validate()
    {
        var before = errors.Count;
        new AzureAccountValidator(options, HasCompute, Report).Validate();
        if (HasCompute)
        {
            new AzureComputeOptionsValidator(options, cloud, Report).Validate();
        }

        if (errors.Count == before)
        {
            new AzureIdentityValidator(options, HasCompute, Report).Validate();
        }

        if (options.MaxConnections is < 1 or > MaxConnections)
        {
            Report(nameof(AzureOptions.MaxConnections), $"{options.MaxConnections} is out of range; use 1 to {MaxConnections}.");
        }

        if (options.ConnectTimeout < TimeSpan.FromMilliseconds(1) || options.ConnectTimeout > MaxConnectTimeout)
        {
            Report(nameof(AzureOptions.ConnectTimeout), $"{options.ConnectTimeout} is out of range; use 00:00:00.001 to {MaxConnectTimeout}.");
        }

        if (options is { VersioningEnabled: true, HierarchicalNamespace: true })
        {
            Report(nameof(AzureOptions.VersioningEnabled), "an account with a hierarchical namespace keeps no versions; set one of VersioningEnabled and HierarchicalNamespace to false.");
        }
    }

    private bool HasCompute => !string.IsNullOrWhiteSpace(options.SubscriptionId);

    private void Report(string key, string text) => errors.Add($"{_path}:{key}: {text}");
}
