using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using SkyCompat.Azure;
using SkyCompat.Hosting;

namespace SkyCompat;

/// <summary>Adds Microsoft Azure to SkyCompat.</summary>
public static class AzureSkyCompatBuilderExtensions
{
    /// <summary>Adds the provider <c>Azure</c>: Blob Storage and virtual machines, with settings as in <see cref="AzureOptions"/>.</summary>
    /// <remarks>
    /// Requests go through the HTTP client named <c>SkyCompat.Azure/&lt;cloud&gt;</c>, which has all that is configured for the name <c>SkyCompat.Azure</c>; sign-ins go through the one named
    /// <c>SkyCompat.Azure.Identity</c>. A <c>TokenCredential</c> registered as a keyed service under a cloud's name is used instead of <see cref="AzureOptions.Credential"/>.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ISkyCompatBuilder AddAzure(this ISkyCompatBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<CloudProviderFactory, AzureProviderFactory>());
        if (services.Any(service => service.ServiceType == typeof(AzureHttpClients)))
        {
            return builder;
        }

        // The default loggers of HTTP clients print URLs, which here can be signed.
        services.AddHttpClient(AzureHttpClients.AllClouds).RemoveAllLoggers();
        services.AddHttpClient(AzureCredentials.HttpClientName).RemoveAllLoggers();
        services.AddSingleton<AzureHttpClients>();
        services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>>(provider => provider.GetRequiredService<AzureHttpClients>());
        return builder;
    }
}
