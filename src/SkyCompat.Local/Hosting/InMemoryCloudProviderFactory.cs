using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Hosting;

namespace SkyCompat.Local;

/// <summary>Makes clouds of provider <c>InMemory</c>; each has buckets of its own.</summary>
internal sealed class InMemoryCloudProviderFactory : CloudProviderFactory<InMemoryOptions>
{
    public override CloudProvider Provider => InMemoryStorageDriver.InMemoryProvider;

    protected override void Bind(IConfigurationSection section, InMemoryOptions options) => section.Bind(options);

    protected override void Validate(InMemoryOptions options, CloudConfiguration cloud, ICollection<string> errors)
    {
        var path = cloud.Section?.Path ?? cloud.Path;
        foreach (var error in options.Buckets.Select(BucketNames.Explain).OfType<string>())
        {
            errors.Add($"{path}:{nameof(InMemoryOptions.Buckets)}: {error}");
        }
    }

    protected override CloudDrivers Create(InMemoryOptions options, CloudConfiguration cloud, IServiceProvider services) =>
        new() { Storage = new InMemoryStorageDriver(options, services.GetService<TimeProvider>()) };
}
