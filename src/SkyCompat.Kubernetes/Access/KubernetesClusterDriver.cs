using SkyCompat.Clusters;
using SkyCompat.Drivers;

namespace SkyCompat.Kubernetes;

/// <summary>Existing clusters: those of a kubeconfig by context, or the one that this process runs in. What is in files is read again each time, since others renew it.</summary>
/// <param name="source">Where they are described.</param>
/// <param name="context">The configured context, which the cloud's own name stands for.</param>
/// <param name="cloud">The cloud's name.</param>
internal sealed class KubernetesClusterDriver(ClusterSource source, string? context, string cloud) : ClusterDriver
{
    /// <summary>How long a token of a file is taken for good: its issuer renews it well before its end.</summary>
    private static readonly TimeSpan TokenFileLifetime = TimeSpan.FromMinutes(5);

    public override CloudProvider Provider => CloudProvider.Kubernetes;

    private string AccountFolder => source.Environment.ServiceAccountFolder;

    public override Task<ClusterEndpoint> GetEndpointAsync(string name, CancellationToken cancellationToken)
    {
        if (!source.IsInCluster)
        {
            var found = Read(name);
            return Task.FromResult(new ClusterEndpoint(found.Server, found.CertificateAuthority, found.ServerName));
        }

        CheckOwn(name);
        var host = source.Environment.GetVariable("KUBERNETES_SERVICE_HOST")!;
        var address = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return Task.FromResult(new ClusterEndpoint(new Uri($"https://{address}:{source.Environment.GetVariable("KUBERNETES_SERVICE_PORT")}"), ReadAccountFile("ca.crt")));
    }

    public override Task<ClusterCredential> GetCredentialAsync(string name, ClusterEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (source.IsInCluster)
        {
            CheckOwn(name);
            return Task.FromResult(OfTokenFile(ReadAccountFile("token")));
        }

        var user = Read(name).User;
        return Task.FromResult(user.TokenFile is { } file ? OfTokenFile(ReadFile(file)) : new ClusterCredential { BearerToken = user.Token, ClientCertificate = user.Certificate, ClientKey = user.Key });
    }

    public override string? GetDefaultNamespace(string name)
    {
        try
        {
            return source.IsInCluster ? ReadAccountFile("namespace").Trim() : Read(name).Namespace;
        }
        catch (CloudException)
        {
            // The first request says what is wrong.
            return null;
        }
    }

    private static ClusterCredential OfTokenFile(string token) => new() { BearerToken = token.Trim(), ExpiresAt = TimeProvider.System.GetUtcNow() + TokenFileLifetime };

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CloudException(CloudErrorCode.Unauthenticated, $"'{path}', which holds the credential of the cluster, cannot be read: {exception.Message}", exception) { Scope = ErrorScope.Cloud };
        }
    }

    private string ReadAccountFile(string name) => ReadFile(Path.Combine(AccountFolder, name));

    private KubeconfigContext Read(string name) => Kubeconfig.Read(source.KubeconfigPath).GetContext(string.Equals(name, cloud, StringComparison.OrdinalIgnoreCase) ? context : name);

    private void CheckOwn(string name)
    {
        if (!string.Equals(name, cloud, StringComparison.OrdinalIgnoreCase))
        {
            throw new CloudException(CloudErrorCode.NotFound, $"Cloud '{cloud}' is the cluster that this process runs in, which has no name there but '{cloud}'; '{name}' takes a Kubeconfig.");
        }
    }
}
