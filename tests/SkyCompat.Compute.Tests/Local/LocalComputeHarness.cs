using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Conformance;

namespace SkyCompat.Compute.Tests.Local;

/// <summary>Process instances, each a real process group of this machine.</summary>
public sealed class LocalComputeHarness : ComputeHarness
{
    private readonly string _root = Directory.CreateTempSubdirectory("skycompat-local-").FullName;
    private readonly List<ServiceProvider> _hosts = [];

    public override string Provider => "Local";

    public override bool IsBilled => false;

    protected override IComputeService Open(string owner)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Compute:Owner"] = owner,
            ["Clouds:home:Provider"] = "Local",
            ["Clouds:home:Local:Root"] = _root,
            ["Clouds:home:Compute:PollInterval"] = "00:00:00.02",
        };
        var services = new ServiceCollection();
        services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddLocal();
        var host = services.BuildServiceProvider();
        lock (_hosts)
        {
            _hosts.Add(host);
        }

        return host.GetRequiredService<IComputeService>();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        Directory.Delete(_root, recursive: true);
        await base.DisposeAsyncCore();
    }
}
