using k8s;

namespace SkyCompat.Kubernetes;

/// <summary>The official client, sending through SkyCompat's own connections with the credential of the moment.</summary>
internal static class NativeClient
{
    public static IKubernetes Create(HttpMessageHandler handler)
    {
        var configuration = new KubernetesClientConfiguration { Host = ClusterHandler.Placeholder.AbsoluteUri };
        return new k8s.Kubernetes(configuration, new Redirection(handler));
    }

    /// <summary>Gives requests to another handler than the one that the client made for itself.</summary>
    private sealed class Redirection(HttpMessageHandler handler) : DelegatingHandler
    {
        private readonly HttpMessageInvoker _target = new(handler, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _target.SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            _target.Dispose();
            base.Dispose(disposing);
        }
    }
}
