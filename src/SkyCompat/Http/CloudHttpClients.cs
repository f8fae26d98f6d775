using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace SkyCompat.Http;

/// <summary>Configures one named HTTP client per cloud, such as <c>SkyCompat.S3/&lt;cloud&gt;</c>, on top of what is configured for all clouds of the adapter under <c>SkyCompat.S3</c>.</summary>
/// <param name="services">The application's services.</param>
/// <param name="allClouds">The name of what is configured for all clouds of the adapter.</param>
internal abstract class CloudHttpClients(IServiceProvider services, string allClouds) : IConfigureNamedOptions<HttpClientFactoryOptions>
{
    private const int DrainedBytes = 64 * 1024;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan IdleConnectionLifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Limits> _clouds = new(StringComparer.Ordinal);

    /// <summary>Makes a cloud's connections.</summary>
    /// <param name="cloud">The cloud's name.</param>
    /// <param name="maxConnections">How many connections are open at most.</param>
    /// <param name="connectTimeout">How long opening one may take.</param>
    /// <returns>What sends requests.</returns>
    public HttpMessageInvoker Create(string cloud, int maxConnections, TimeSpan connectTimeout)
    {
        var name = $"{allClouds}/{cloud}";
        _clouds[name] = new Limits(maxConnections, connectTimeout);
        var handlers = services.GetRequiredService<IHttpMessageHandlerFactory>();
        return new HttpMessageInvoker(handlers.CreateHandler(name), disposeHandler: false);
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
            if (setup.Name == allClouds)
            {
                setup.Action?.Invoke(options);
            }
        }

        // The handler is kept for the life of the cloud; its connections are renewed instead, so that changes of name resolution are seen.
        options.HandlerLifetime = Timeout.InfiniteTimeSpan;
        options.HttpMessageHandlerBuilderActions.Insert(0, builder => builder.PrimaryHandler = CreateHandler(cloud));
    }

    private static SocketsHttpHandler CreateHandler(Limits limits) => new()
    {
        AllowAutoRedirect = false,
        // Bodies are asked for as they are stored, gzip included, and are never decoded on the way.
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ConnectTimeout = limits.ConnectTimeout,
        Expect100ContinueTimeout = TimeSpan.Zero,
        MaxConnectionsPerServer = limits.MaxConnections,
        // A body that is given up with little left keeps its connection; one with much left is not fetched for nothing.
        MaxResponseDrainSize = DrainedBytes,
        PooledConnectionIdleTimeout = IdleConnectionLifetime,
        PooledConnectionLifetime = ConnectionLifetime,
        // Metadata that other clients wrote as raw UTF-8 comes back so.
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        UseCookies = false,
    };

    private sealed record Limits(int MaxConnections, TimeSpan ConnectTimeout);
}
