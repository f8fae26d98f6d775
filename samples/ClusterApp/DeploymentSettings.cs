namespace ClusterApp;

/// <summary>What differs from cluster to cluster beside the SkyCompat settings: the section <c>Deployment</c>.</summary>
internal sealed class DeploymentSettings
{
    /// <summary>The image, as the cluster's nodes get it.</summary>
    public string Image { get; set; } = "";

    /// <summary>The bucket's store as the cluster sees it, where that is not as this machine does.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Who the application is at the cluster's cloud; with it, no key of the bucket is handed over.</summary>
    public string? Identity { get; set; }
}
