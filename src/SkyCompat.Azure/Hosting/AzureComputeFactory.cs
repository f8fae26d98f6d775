using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Makes the compute and the clusters of a cloud, which share the way to Azure Resource Manager.</summary>
internal static class AzureComputeFactory
{
    public static (ComputeDriver Compute, ClusterDriver Clusters) Create(string cloudName, AzureOptions options, string region, IServiceProvider services)
    {
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var clock = new ServerClock(time);
        var identity = (services as IKeyedServiceProvider)?.GetKeyedService<TokenCredential>(cloudName)
            ?? AzureCredentials.Create(options, services.GetRequiredService<IHttpClientFactory>());
        var endpoint = new Uri(options.ResourceManagerEndpoint);
        var http = services.GetRequiredService<AzureHttpClients>().Create(cloudName, options.MaxConnections, options.ConnectTimeout);
        var context = new ArmContext
        {
            Endpoint = endpoint,
            Tokens = new TokenSource(identity, clock, ScopeOf(endpoint)),
            Clock = clock,
            Http = http,
            Scope = new ArmScope(options.SubscriptionId!, options.ResourceGroup),
        };
        var client = new ArmClient(context);
        var place = Regions.Normalize(region);
        return (new AzureComputeDriver(client, new RetailPrices(http, new Uri(options.RetailPricesEndpoint), time), identity, place, time), new AksClusterDriver(client, identity, place));
    }

    /// <summary>Each of Azure's clouds takes tokens for its own endpoint; one on this machine stands for the public cloud's.</summary>
    private static string ScopeOf(Uri endpoint) => endpoint.IsLoopback ? "https://management.azure.com/.default" : endpoint.GetLeftPart(UriPartial.Authority) + "/.default";
}
