namespace SkyCompat.Kubernetes;

/// <summary>A context of a kubeconfig, with what it names.</summary>
internal sealed record KubeconfigContext(string Name, string? Namespace, Uri Server, string? CertificateAuthority, string? ServerName, KubeconfigUser User);
