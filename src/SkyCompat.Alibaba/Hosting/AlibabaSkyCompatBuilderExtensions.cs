using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using SkyCompat.Alibaba;
using SkyCompat.Hosting;

namespace SkyCompat;

/// <summary>Adds Alibaba Cloud to SkyCompat.</summary>
public static class AlibabaSkyCompatBuilderExtensions
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Adds the provider <c>Alibaba</c>: object storage on OSS by its own interface, compute on ECS and clusters on ACK, with settings as in <see cref="AlibabaOptions"/>.</summary>
    /// <remarks>Requests go through the HTTP client named <c>SkyCompat.Alibaba/&lt;cloud&gt;</c>, which has all that is configured for the name <c>SkyCompat.Alibaba</c>; those that fetch
    /// the credentials of roles go through <c>SkyCompat.Alibaba.Credentials</c>.</remarks>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ISkyCompatBuilder AddAlibaba(this ISkyCompatBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<CloudProviderFactory, AlibabaProviderFactory>());
        if (services.Any(service => service.ServiceType == typeof(AlibabaHttpClients)))
        {
            return builder;
        }

        // The default loggers of HTTP clients print URLs, which here can be signed or hold tokens.
        services.AddHttpClient(AlibabaHttpClients.Name).RemoveAllLoggers();
        services.AddHttpClient(AlibabaHttpClients.Credentials).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = ConnectTimeout, UseCookies = false });
        services.AddSingleton<AlibabaHttpClients>();
        services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>>(provider => provider.GetRequiredService<AlibabaHttpClients>());
        return builder;
    }
}
