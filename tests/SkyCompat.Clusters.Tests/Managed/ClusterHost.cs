using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Contracts;

namespace SkyCompat.Clusters.Tests.Managed;

/// <summary>An application with one cloud, as an application configures it, every request and reply checked against the provider's description.</summary>
internal sealed class ClusterHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ClusterHost(ServiceProvider services) => _services = services;

    public ICloud Cloud => _services.GetRequiredService<ISky>().GetCloud("it");

    public IClusterService Clusters => Cloud.Clusters;

    public static ClusterHost Start(
        string provider, string region, string owner, IReadOnlyDictionary<string, string?> settings, ContractLog log, IReadOnlyList<ContractService> contracts, Action<ISkyCompatBuilder> add,
        Action<IServiceCollection>? configure = null)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:Compute:Owner"] = owner,
            ["SkyCompat:Clouds:it:Provider"] = provider,
            ["SkyCompat:Clouds:it:Region"] = region,
            ["SkyCompat:Clouds:it:Resilience:BaseDelay"] = "00:00:00.001",
            ["SkyCompat:Clouds:it:Resilience:MaxDelay"] = "00:00:00.002",
            ["SkyCompat:Clouds:it:Clusters:PollInterval"] = "00:00:00.001",
            ["SkyCompat:Clouds:it:Clusters:WaitTimeout"] = "00:00:30",
        };
        foreach (var (key, value) in settings)
        {
            values[$"SkyCompat:Clouds:it:{provider}:{key}"] = value;
        }

        var services = new ServiceCollection().AddLogging();
        configure?.Invoke(services);
        add(services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("SkyCompat")));
        if (contracts.Count > 0)
        {
            services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new ContractHandler(log, contracts)));
        }

        return new ClusterHost(services.BuildServiceProvider());
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
