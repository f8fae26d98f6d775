namespace SkyCompat.Kubernetes;

/// <summary>The settings of a cloud of provider <c>Kubernetes</c>, which is one or more existing clusters: section <c>SkyCompat:Clouds:&lt;name&gt;:Kubernetes</c>.</summary>
public sealed class KubernetesOptions
{
    /// <summary>The kubeconfig file; a list of files joined as <c>KUBECONFIG</c> is not taken.</summary>
    /// <value>Default: null: the cluster that this process runs in, if it does; else the file that <c>KUBECONFIG</c> names, else <c>~/.kube/config</c>.</value>
    public string? Kubeconfig { get; set; }

    /// <summary>The context of the kubeconfig, where no cluster is named.</summary>
    /// <value>Default: null, the file's current context.</value>
    public string? Context { get; set; }

    /// <summary>Whether the cluster is the one that this process runs in, by the service account of its pod.</summary>
    /// <value>Default: null: if it runs in one and neither <see cref="Kubeconfig"/> nor <see cref="Context"/> is set.</value>
    public bool? InCluster { get; set; }

    /// <summary>Where the cluster comes from; no secret.</summary>
    /// <returns>Text that is safe to log.</returns>
    public override string ToString() => InCluster == true ? "in cluster" : $"{Kubeconfig ?? "kubeconfig"} {Context}".TrimEnd();
}
