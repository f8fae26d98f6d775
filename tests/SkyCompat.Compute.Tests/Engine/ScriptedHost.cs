using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Hosting;

namespace SkyCompat.Compute.Tests.Engine;

/// <summary>A process of an application whose one cloud is scripted; several may share the cloud.</summary>
internal sealed class ScriptedHost : IDisposable
{
    private readonly ServiceProvider _services;

    public ScriptedHost(ScriptedCompute cloud)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<CloudProviderFactory>(new Factory(cloud));
        services.AddSkyCompat().AddCloud("scripted", ScriptedCompute.Scripted.Name, options =>
        {
            options.Compute.PollInterval = TimeSpan.FromMilliseconds(1);
            options.Compute.WaitTimeout = TimeSpan.FromSeconds(30);
        });
        _services = services.BuildServiceProvider();
    }

    public IComputeService Compute => _services.GetRequiredService<ISky>().GetCloud("scripted").Compute;

    public void Dispose() => _services.Dispose();

    private sealed class Factory(ScriptedCompute cloud) : CloudProviderFactory
    {
        public override CloudProvider Provider => ScriptedCompute.Scripted;

        public override IReadOnlyCollection<string> Validate(CloudConfiguration configuration, IServiceProvider services) => [];

        public override CloudDrivers Create(CloudConfiguration configuration, IServiceProvider services) => new() { Compute = cloud };
    }
}
