using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace SkyCompat.S3;

/// <summary>The HTTP clients of the clouds of this adapter: <c>SkyCompat.S3/&lt;cloud&gt;</c>, with what is configured for <c>SkyCompat.S3</c>.</summary>
internal sealed class S3HttpClients(IServiceProvider services) : CloudHttpClients(services, AllClouds)
{
    /// <summary>What is configured under this name holds for every cloud.</summary>
    public const string AllClouds = "SkyCompat.S3";

    public static string NameOf(string cloud) => $"{AllClouds}/{cloud}";

    /// <summary>Adds them once.</summary>
    public static void AddTo(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(S3HttpClients)))
        {
            return;
        }

        // The default loggers of HTTP clients print URLs, which here can be signed.
        services.AddHttpClient(AllClouds).RemoveAllLoggers();
        services.AddSingleton<S3HttpClients>();
        services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>>(provider => provider.GetRequiredService<S3HttpClients>());
    }
}
