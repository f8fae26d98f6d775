using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace SkyCompat.Google;

/// <summary>Configures one named HTTP client per cloud, <c>SkyCompat.Google/&lt;cloud&gt;</c>, on top of what is configured for all of them under <c>SkyCompat.Google</c>.</summary>
internal sealed class GoogleHttpClients(IServiceProvider services) : IConfigureNamedOptions<HttpClientFactoryOptions>
{
    public const string AllClouds = "SkyCompat.Google";
    private const int DrainedBytes = 64 * 1024;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan IdleConnectionLifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, GoogleOptions> _clouds = new(StringComparer.Ordinal);

    public static string NameOf(string cloud) => $"{AllClouds}/{cloud}";

    /// <summary>Makes a cloud's connections, to the store and to whom gives tokens and signatures.</summary>
    public (HttpMessageInvoker Store, CredentialHttpClients Credentials) Create(string cloud, GoogleOptions options)
    {
        var name = NameOf(cloud);
        _clouds[name] = options;
        var handlers = services.GetRequiredService<IHttpMessageHandlerFactory>();
        return (new HttpMessageInvoker(handlers.CreateHandler(name), disposeHandler: false), new CredentialHttpClients(handlers, name));
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

    private static SocketsHttpHandler CreateHandler(GoogleOptions options) => new()
    {
        AllowAutoRedirect = false,
        // Bodies are asked for as they are stored, gzip included, and are never decoded on the way.
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
