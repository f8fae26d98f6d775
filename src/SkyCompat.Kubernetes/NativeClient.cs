using System.Diagnostics.CodeAnalysis;
using k8s;

namespace SkyCompat.Kubernetes;

/// <summary>The official client, sending through SkyCompat's own connections with the credential of the moment.</summary>
internal static class NativeClient
{
    /// <summary>
    /// Whether the native client can be asked for. The official client's models are a third of a native program: one that never asks for it sets this switch to <c>false</c> in its
    /// project, by <c>RuntimeHostConfigurationOption</c> with <c>Trim="true"</c>, and is built without them.
    /// </summary>
    [FeatureSwitchDefinition("SkyCompat.Kubernetes.NativeClient")]
    public static bool IsSupported => !AppContext.TryGetSwitch("SkyCompat.Kubernetes.NativeClient", out var isEnabled) || isEnabled;

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
