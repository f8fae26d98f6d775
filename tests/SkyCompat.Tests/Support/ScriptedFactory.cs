using SkyCompat.Hosting;

namespace SkyCompat.Tests;

/// <summary>A provider whose clouds are scripted stores.</summary>
internal sealed class ScriptedFactory(Func<CloudConfiguration, ScriptedStorage?> create, string provider = "Test") : CloudProviderFactory
{
    public override CloudProvider Provider => new(provider);

    public override IReadOnlyCollection<string> Validate(CloudConfiguration cloud, IServiceProvider services) => [];

    public override CloudDrivers Create(CloudConfiguration cloud, IServiceProvider services) => new() { Storage = create(cloud) };
}
