using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace SkyCompat.Azure;

/// <summary>Configures one named HTTP client per cloud, <c>SkyCompat.Azure/&lt;cloud&gt;</c>, on top of what is configured for all of them under <c>SkyCompat.Azure</c>.</summary>
internal sealed class AzureHttpClients(IServiceProvider services) : IConfigureNamedOptions<HttpClientFactoryOptions>
{
    public const string AllClouds = "SkyCompat.Azure";
    private const int DrainedBytes = 64 * 1024;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan IdleConnectionLifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, AzureOptions> _clouds = new(StringComparer.Ordinal);

    public static string NameOf(string cloud) => $"{AllClouds}/{cloud}";

    /// <summary>Makes a cloud's connections.</summary>
    public HttpMessageInvoker Create(string cloud, AzureOptions options)
    {
        _clouds[NameOf(cloud)] = options;
        var handlers = services.GetRequiredService<IHttpMessageHandlerFactory>();
        return new HttpMessageInvoker(handlers.CreateHandler(NameOf(cloud)), disposeHandler: false);
    }

    public void Configure(HttpClientFactoryOptions options)
    {
    }

    public void Configure(string? name, HttpClientFactoryOptions options)
    {
        if (name is null || !_clouds.TryGetValue(name, out var cloud))
        {
            return;
        }

        // What is configured for the common name, by this library (no loggers, which would print signed URLs) or by the application, holds for every cloud.
        foreach (var setup in services.GetServices<IConfigureOptions<HttpClientFactoryOptions>>().OfType<ConfigureNamedOptions<HttpClientFactoryOptions>>())
        {
            if (setup.Name == AllClouds)
            {
                setup.Action?.Invoke(options);
            }
        }

        // The handler is kept for the life of the cloud; its connections are renewed instead, so that changes of name resolution are seen.
        options.HandlerLifetime = Timeout.InfiniteTimeSpan;
        options.HttpMessageHandlerBuilderActions.Insert(0, builder => builder.PrimaryHandler = CreateHandler(cloud));
    }

    private static SocketsHttpHandler CreateHandler(AzureOptions options) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        Expect100ContinueTimeout = TimeSpan.Zero,
        MaxConnectionsPerServer = options.MaxConnections,
        // A body that is given up with little left keeps its connection; one with much left is not fetched for nothing.
        MaxResponseDrainSize = DrainedBytes,
        PooledConnectionIdleTimeout = IdleConnectionLifetime,
        PooledConnectionLifetime = ConnectionLifetime,
        // Metadata that other clients wrote as raw UTF-8 comes back so.
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        UseCookies = false,
    };
}
