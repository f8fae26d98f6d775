using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Makes the compute of a cloud.</summary>
internal static class AzureComputeFactory
{
    public static ComputeDriver Create(string cloudName, AzureOptions options, string region, IServiceProvider services)
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
        return new AzureComputeDriver(new ArmClient(context), new RetailPrices(http, new Uri(options.RetailPricesEndpoint), time), identity, Regions.Normalize(region), time);
    }

    /// <summary>Each of Azure's clouds takes tokens for its own endpoint; one on this machine stands for the public cloud's.</summary>
    private static string ScopeOf(Uri endpoint) => endpoint.IsLoopback ? "https://management.azure.com/.default" : endpoint.GetLeftPart(UriPartial.Authority) + "/.default";
}
