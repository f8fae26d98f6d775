using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using SkyCompat.Google;
using SkyCompat.Hosting;

namespace SkyCompat;

/// <summary>Adds Google Cloud to SkyCompat.</summary>
public static class GoogleSkyCompatBuilderExtensions
{
    /// <summary>Adds the provider <c>Google</c>: Cloud Storage and, for a cloud with a project, Compute Engine, with settings as in <see cref="GoogleOptions"/>.</summary>
    /// <remarks>Requests go through the HTTP client named <c>SkyCompat.Google/&lt;cloud&gt;</c>, which has all that is configured for the name <c>SkyCompat.Google</c>.</remarks>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ISkyCompatBuilder AddGoogle(this ISkyCompatBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<CloudProviderFactory, GoogleProviderFactory>());
        if (services.Any(service => service.ServiceType == typeof(GoogleHttpClients)))
        {
            return builder;
        }

        // The default loggers of HTTP clients print URLs, which here can be signed or hold the id of an upload.
        services.AddHttpClient(GoogleHttpClients.AllClouds).RemoveAllLoggers();
        services.AddSingleton<GoogleHttpClients>();
        services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>>(provider => provider.GetRequiredService<GoogleHttpClients>());
        return builder;
    }
}
