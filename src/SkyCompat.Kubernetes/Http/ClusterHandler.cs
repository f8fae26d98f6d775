using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using SkyCompat.Clusters;

namespace SkyCompat.Kubernetes;

/// <summary>Sends requests to a cluster's API server, wherever that is, with the credential of the moment; one that is refused is renewed and the request sent once more.</summary>
/// <remarks>Its connections are its own, and not those of a factory of the application, because they trust the cluster's authority alone and carry client certificates.</remarks>
internal sealed class ClusterHandler(Func<CancellationToken, Task<ClusterAccess>> open) : HttpMessageHandler
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleConnectionLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly ConcurrentDictionary<string, Lazy<HttpMessageInvoker>> _connections = new(StringComparer.Ordinal);
    private ClusterAccess? _access;

    /// <summary>What the URLs of requests name, since where the server is may not be known when they are made.</summary>
    public static Uri Placeholder { get; } = new("https://cluster.invalid/");

    /// <summary>Where requests go, if that is known; for messages.</summary>
    public string Authority => _access?.Server.Authority ?? "the cluster";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var access = await GetAccessAsync(cancellationToken).ConfigureAwait(false);
        request.RequestUri = new Uri(access.Server.AbsoluteUri.TrimEnd('/') + request.RequestUri!.PathAndQuery);
        for (var attempt = 1; ; attempt++)
        {
            var credential = await access.Credentials.GetAsync(cancellationToken).ConfigureAwait(false);
            request.Headers.Authorization = credential.BearerToken is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
            HttpResponseMessage reply;
            try
            {
                reply = await GetConnections(access, credential).SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException)
            {
                // The cluster may have moved or got another authority: the next request finds out where it is.
                _access = null;
                throw;
            }

            if (reply.StatusCode != HttpStatusCode.Unauthorized)
            {
                return reply;
            }

            // Also after the second: whoever asks next is not given what was refused.
            access.Credentials.Invalidate(credential);
            if (attempt == 2)
            {
                return reply;
            }

            reply.Dispose();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var connections in _connections.Values.Where(connections => connections.IsValueCreated))
            {
                connections.Value.Dispose();
            }

            _opening.Dispose();
        }

        base.Dispose(disposing);
    }

    private static SocketsHttpHandler CreateHandler(ClusterAccess access, ClusterCredential credential)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionIdleTimeout = IdleConnectionLifetime,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
            SslOptions = new SslClientAuthenticationOptions { TargetHost = access.ServerName },
        };
        if (access.CertificateAuthority is { } authority)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPem(authority);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        if (credential is { ClientCertificate: { } certificate, ClientKey: { } key })
        {
            var pair = X509Certificate2.CreateFromPem(certificate, key);
            if (OperatingSystem.IsWindows())
            {
                // Its TLS takes no key that was only ever in memory.
                using var made = pair;
                pair = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
            }

            handler.SslOptions.ClientCertificates = [pair];
        }

        return handler;
    }

    /// <summary>The connections that carry a credential's certificate; those of tokens are shared, since a token goes with each request.</summary>
    private HttpMessageInvoker GetConnections(ClusterAccess access, ClusterCredential credential)
    {
        var key = $"{access.Server}\n{access.ServerName}\n{access.CertificateAuthority}\n{credential.ClientCertificate}";
        return _connections.GetOrAdd(key, _ => new Lazy<HttpMessageInvoker>(() => new HttpMessageInvoker(CreateHandler(access, credential)))).Value;
    }

    private async Task<ClusterAccess> GetAccessAsync(CancellationToken cancellationToken)
    {
        if (_access is { } known)
        {
            return known;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _access ??= await open(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }
}
